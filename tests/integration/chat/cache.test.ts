import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheEntries } from "@/db/schema/gateway";
import { regenerateReply } from "@/lib/chat/regenerate-reply";
import { type StartedRun, startRun } from "@/lib/chat/start-run";
import { findTemporaryMessage, startTemporaryRun } from "@/lib/chat/temporary-run";
import { flushCache } from "@/lib/gateway/cache/stored-answers";
import { aKey } from "../../support/cache";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "../../support/chat";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";

const options = { model: "ollama/llama3.2:3b", temperature: 0 };
const models = [
  { name: "llama3.2:3b", loaded: true },
  { name: "embedder:latest", capabilities: ["embedding"], contextLength: 512, loaded: true },
];

let host: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let ownerId: string;
beforeEach(async () => {
  host = await fakeOllama({ models, vectors: (texts) => texts.map(() => [1, 0]) });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: host.url });
  ownerId = await aUser();
});
afterEach(async () => {
  await app.close();
  await host.close();
});

/** The reply of a run, at its end. */
async function replyOf(run: StartedRun) {
  await chunksOfRun({ ...run, ownerId });
  const { id, text, parts, metadata } = await lastMessageOf({ ...run, ownerId });
  await flushCache();
  return {
    ...run,
    messageId: id,
    text,
    cache: metadata?.usage?.cache,
    costUsd: metadata?.usage?.costUsd,
    data: parts.filter(({ type }) => type.startsWith("data-")),
  };
}
const asked = (text: string, more: { keyId?: string; isFresh?: boolean } = {}) =>
  startRun({ ownerId, text, options, ...more }).then(replyOf);
/** Calls for replies; those for titles have no such question. */
const asks = (text: string) => host.chats.filter(({ body }) => (body.messages as { content: string }[]).at(-1)?.content === text).length;

test("a reply that was kept says so, and one that is asked for again, or fresh, comes from the model", async () => {
  await host.behave({ reply: "old" });
  expect(await asked("Why?")).toMatchObject({ text: "old", cache: undefined });
  await host.behave({ reply: "new" });
  const kept = await asked("Why?");
  expect(kept).toMatchObject({ text: "old", cache: "hit", costUsd: 0 });
  expect(asks("Why?")).toBe(1);
  const { conversationId, messageId } = kept;
  const again = await replyOf(await regenerateReply({ ownerId, conversationId, messageId, options }));
  expect(again).toMatchObject({ text: "new", cache: undefined });
  expect(await asked("Why?")).toMatchObject({ text: "new", cache: "hit" });
  await host.behave({ reply: "newest" });
  expect(await asked("Why?", { isFresh: true })).toMatchObject({ text: "newest", cache: undefined });
});

test("the answer to a similar question is stored with that question, which no model is told of later", async () => {
  const { id: keyId } = await aKey(ownerId, { cache: "similar" });
  await asked("What is it?", { keyId });
  const similar = await asked("What is that?", { keyId });
  expect(similar).toMatchObject({ cache: "similar", data: [{ type: "data-similar", data: "What is it?" }] });
  const next = await startRun({ ownerId, text: "And then?", conversationId: similar.conversationId, options });
  await chunksOfRun({ ...next, ownerId });
  const seen = host.chats.find(({ body }) => JSON.stringify(body).includes("And then?"));
  expect(JSON.stringify(seen?.body)).not.toContain("What is it?");
});

test("a temporary chat, and the copilot, leave neither answer nor question in the cache, and are given none", async () => {
  const { id: keyId } = await aKey(ownerId, { cache: "similar" });
  await asked("A secret?");
  const before = await app.database.db.select().from(cacheEntries);
  await host.behave({ reply: "new" });
  for (const more of [{}, { keyId }, { keyId, isFresh: true }, { purpose: "copilot" as const }]) {
    for (const text of ["A secret?", "Another secret?"]) {
      const run = await startTemporaryRun({ ownerId, text, options, ...more });
      await chunksOfRun({ ...run, ownerId });
      expect(findTemporaryMessage({ ...run, ownerId })).toMatchObject({ text: "new", status: "complete" });
    }
  }
  await flushCache();
  expect(await app.database.db.select().from(cacheEntries)).toEqual(before);
  expect(asks("Another secret?")).toBe(4);
});
