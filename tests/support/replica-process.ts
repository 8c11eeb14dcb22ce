/** One of several Hearths on one Postgres, without its web server: does what the test process asks, many times at once. */
import { setDatabase } from "@/db/database";
import { openServer } from "@/db/open-server";
import { countSignInAttempt } from "@/lib/auth/sign-in-limits";
import { admitRun } from "@/lib/chat/admit-message";
import { startCacheLoop } from "@/lib/gateway/cache/cache-loop";
import { flushCache } from "@/lib/gateway/cache/stored-answers";
import type { Admission } from "@/lib/gateway/policy/admit-call";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { askAs, cacheOf } from "@/tests/support/cache";
import { admit, aRecord } from "@/tests/support/policy";

export type ReplicaAsk =
  | { verb: "message"; who: string; times: number }
  | { verb: "sign-in"; who: string; times: number }
  /** Calls by a user of a model with a price, unless another is named, and perhaps by an API key. */
  | { verb: "call"; who: string; times: number; model?: string; keyId?: string }
  /** Asks a model so many questions; those pass that the cache answers. */
  | { verb: "question"; who: string; times: number }
  /** Ends the calls that were let through, each having taken one cent. */
  | { verb: "end" };

const database = await openServer(process.env.DATABASE_URL ?? "");
setDatabase(database);
const running: Admission[] = [];

const anyKey = { scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };

async function once(ask: Exclude<ReplicaAsk, { verb: "question" | "end" }>): Promise<unknown> {
  if (ask.verb === "message") return admitRun(ask.who);
  if (ask.verb !== "call") return countSignInAttempt({ address: "192.0.2.1", email: ask.who });
  const key = ask.keyId === undefined ? undefined : { ...anyKey, id: ask.keyId };
  return running.push(await admit(ask.who, { model: ask.model, context: { key } }));
}

async function answer(ask: ReplicaAsk): Promise<number> {
  if (ask.verb === "end") {
    for (const admission of running.splice(0)) admission.settle(aRecord());
    await flushSettlements();
    return 0;
  }
  if (ask.verb === "question") return askQuestions(ask.who, ask.times);
  const tried = await Promise.allSettled(Array.from({ length: ask.times }, () => once(ask)));
  return tried.filter(({ status }) => status === "fulfilled").length;
}

async function askQuestions(userId: string, count: number): Promise<number> {
  await startCacheLoop();
  const prompts = Array.from({ length: count }, (_, index) => `Question ${index}`);
  const answers = await Promise.all(prompts.map((prompt) => askAs({ userId, prompt })));
  await flushCache();
  return answers.filter((answer) => cacheOf(answer) === "hit").length;
}

process.on("message", (ask: ReplicaAsk) => {
  answer(ask).then(
    (passed) => process.send?.({ passed }),
    (error) => process.send?.({ failure: String(error) }),
  );
});
process.send?.({ passed: 0 });
