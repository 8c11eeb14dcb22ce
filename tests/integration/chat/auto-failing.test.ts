import { afterEach, beforeEach, expect, test } from "vitest";
import { modelSettings } from "@/db/schema/gateway";
import { startRun } from "@/lib/chat/start-run";
import { breakerStates } from "@/lib/gateway/failover/breaker-states";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { tryRoute } from "@/lib/gateway/routing/try-route";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "../../support/chat";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";

const coder = "ollama/qwen2.5-coder:7b";
const general = "ollama/llama3.2:3b";
const tiny = "ollama/smollm2:135m";
const capabilities = ["completion", "tools"];
const code = "Write a Python function that merges two sorted lists.";

let coders: FakeHost;
let others: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let ownerId: string;
beforeEach(async () => {
  coders = await fakeOllama({ models: [{ name: "qwen2.5-coder:7b", capabilities, contextLength: 32_768 }], misbehave: "server-error" });
  const models = ["llama3.2:3b", "smollm2:135m"].map((name) => ({ name, capabilities, contextLength: 131_072 }));
  others = await fakeOllama({ models });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: `${coders.url},${others.url}` });
  ownerId = await aUser();
});
afterEach(async () => {
  await app.close();
  await Promise.all([coders.close(), others.close()]);
});

async function asked(conversationId?: string) {
  const run = await startRun({ ownerId, text: code, conversationId, options: { model: "auto" } });
  await chunksOfRun({ ...run, ownerId });
  return { ...run, ...(await lastMessageOf({ ...run, ownerId })) };
}

test("what the chosen model fails with before its first word, the next best mends, and the reply says so", async () => {
  const { metadata, conversationId } = await asked();
  expect(metadata).toMatchObject({
    status: "complete",
    model: general,
    usage: { upstream: "ollama-2" },
    notes: [`${coder} did not answer; ${general} did instead.`],
    route: {
      kind: "code",
      model: general,
      why: expect.stringMatching(/^code → ollama\/qwen2\.5-coder:7b: .*; it did not answer, ollama\/llama3\.2:3b did$/),
    },
  });
  // The chat stays with who answered.
  expect((await asked(conversationId)).metadata).toMatchObject({ model: general, route: { why: expect.stringContaining("as before") } });
});

test("a model that failed again and again is passed over, though its host lists it, until it is asked again", async () => {
  while (breakerStates().every(({ model, state }) => model !== coder || state !== "open")) await asked();
  const before = coders.chats.length;
  expect((await asked()).metadata).toMatchObject({ status: "complete", model: general, notes: [] });
  expect(coders.chats).toHaveLength(before);
  expect(await tryRoute(code, { userId: ownerId })).toMatchObject({ model: general });
  expect(await tryRoute(code, { userId: ownerId })).not.toHaveProperty("fallbacks");
});

test("where an admin has set who stands in, that is who does", async () => {
  await app.database.db.insert(modelSettings).values({ modelId: coder, fallbacks: [tiny] });
  await loadModelSettings();
  expect((await asked()).metadata).toMatchObject({ status: "complete", model: tiny });
});
