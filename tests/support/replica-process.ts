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
  | { verb: "call" | "message" | "sign-in"; who: string; times: number }
  /** Asks a model so many questions; those pass that the cache answers. */
  | { verb: "question"; who: string; times: number }
  /** Ends the calls that were let through, each having taken one cent. */
  | { verb: "end" };

const database = await openServer(process.env.DATABASE_URL ?? "");
setDatabase(database);
const running: Admission[] = [];

const once = {
  call: async (who: string) => void running.push(await admit(who)),
  message: admitRun,
  "sign-in": (who: string) => countSignInAttempt({ address: "192.0.2.1", email: who }),
};

async function answer(ask: ReplicaAsk): Promise<number> {
  if (ask.verb === "end") {
    for (const admission of running.splice(0)) admission.settle(aRecord());
    await flushSettlements();
    return 0;
  }
  if (ask.verb === "question") return askQuestions(ask.who, ask.times);
  const tried = await Promise.allSettled(Array.from({ length: ask.times }, () => once[ask.verb](ask.who)));
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
