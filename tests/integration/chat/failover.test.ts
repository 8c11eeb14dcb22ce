import { afterEach, beforeEach, expect, test } from "vitest";
import { db } from "@/db/database";
import { hostSettings, modelSettings } from "@/db/schema/gateway";
import { continueReply } from "@/lib/chat/continue-reply";
import { followRun } from "@/lib/chat/follow-run";
import { startRun } from "@/lib/chat/start-run";
import { stopRun } from "@/lib/chat/stop-run";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { loadHostSettings } from "@/lib/gateway/host-settings";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "../../support/chat";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";

const asked = "ollama/asked:latest";
let first: FakeHost;
let second: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let ownerId: string;

beforeEach(async () => {
  first = await fakeOllama({ tokens: 4, models: [{ name: "asked:latest", loaded: true }] });
  second = await fakeOllama({ tokens: 4, models: [{ name: "other:latest", loaded: true }] });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: `${first.url},${second.url}` });
  ownerId = await aUser();
});
afterEach(async () => {
  await app.close();
  await Promise.all([first.close(), second.close()]);
});

test("a reply by another model than was asked says who answered, and keeps saying so", async () => {
  await db()
    .insert(modelSettings)
    .values({ modelId: asked, fallbacks: ["ollama/other:latest"] });
  await loadModelSettings();
  await first.behave({ misbehave: "reject-key" });
  const run = await startRun({ ownerId, text: "hello", options: { model: asked } });
  const chunks = await chunksOfRun({ ...run, ownerId });
  const note = `${asked} did not answer; ollama/other:latest did instead.`;
  expect(chunks.map(({ chunk }) => chunk)).toContainEqual({ type: "data-note", data: note });
  expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({
    text: expect.stringMatching(/^tok0 /),
    metadata: { status: "complete", model: "ollama/other:latest", notes: [note], usage: { upstream: "ollama-2" } },
  });
});

test("a reply that waits tells its place to its followers, and none of it is stored with the message", async () => {
  await db().insert(hostSettings).values({ hostId: "environment-ollama", maxParallel: 1 });
  await loadHostSettings();
  await first.behave({ tokens: 10, intervalMs: 20 });
  const runs = await Promise.all(["one", "two"].map((text) => startRun({ ownerId, text, options: { model: asked } })));
  const places = await Promise.all(
    runs.map(async (run) =>
      (await chunksOfRun({ ...run, ownerId })).flatMap(({ chunk }) => (chunk.type === "data-queue" ? [chunk.data] : [])),
    ),
  );
  expect(places.toSorted((a, b) => a.length - b.length)).toEqual([[], [1, 0]]);
  for (const run of runs) {
    const reply = await lastMessageOf({ ...run, ownerId });
    expect(reply.metadata?.status).toBe("complete");
    expect(reply.parts.filter(({ type }) => type.startsWith("data-"))).toEqual([]);
  }
});

test("a reply that failed in its middle is continued on another host that has the model", async () => {
  await second.behave({ models: [{ name: "asked:latest", loaded: true }] });
  await app.close();
  app = await bootChat("embedded", { OLLAMA_BASE_URL: `${first.url},${second.url}` });
  ownerId = await aUser();
  // A failure that arrives together with the words before it takes them along, and then the other host is asked at once.
  const { promise: firstWord, resolve: wordsAreRead } = Promise.withResolvers<void>();
  await Promise.all([first, second].map((host) => host.behave({ misbehave: "error-mid-stream", breaksAfter: firstWord })));
  const run = await startRun({ ownerId, text: "hello", options: { model: asked } });
  for await (const batch of await followRun({ ...run, ownerId, from: 0 })) {
    if (batch.some(({ chunk }) => chunk.type === "text-delta")) wordsAreRead();
  }
  const other = first.chats.length > 0 ? second : first;
  expect(other.chats.map(({ body }) => body)).toEqual([]);
  await other.behave({ misbehave: undefined });
  expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({ text: expect.stringMatching(/^tok0 /), metadata: { status: "failed" } });
  const { conversationId, messageId } = run;
  const again = await continueReply({ ownerId, conversationId, messageId, options: { model: asked } });
  await chunksOfRun({ ...again, ownerId });
  expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({
    text: "tok0 tok1 tok0 tok1 tok2 tok3 ",
    metadata: { status: "complete" },
  });
  expect(other.chats.length).toBeGreaterThan(0);
});

test("a reply that a host broke off is continued on another also when the process remembers nothing of it, and one that was stopped at its own", async () => {
  await second.behave({ models: [{ name: "asked:latest" }] });
  await app.close();
  app = await bootChat("embedded", { OLLAMA_BASE_URL: `${first.url},${second.url}` });
  ownerId = await aUser();
  const options = { model: asked };
  const { promise: firstWord, resolve: wordsAreRead } = Promise.withResolvers<void>();
  await first.behave({ misbehave: "error-mid-stream", breaksAfter: firstWord });
  const run = await startRun({ ownerId, text: "hello", options });
  for await (const batch of await followRun({ ...run, ownerId, from: 0 })) {
    if (batch.some(({ chunk }) => chunk.type === "text-delta")) wordsAreRead();
  }
  await first.behave({ misbehave: undefined });
  expect((await lastMessageOf({ ...run, ownerId })).metadata).toMatchObject({ status: "failed", usage: { upstream: "ollama" } });
  // As after a minute, a restart, or in another process.
  clearProcessGlobal("gateway-conversation-hosts");
  const { conversationId, messageId } = run;
  await chunksOfRun({ ...(await continueReply({ ownerId, conversationId, messageId, options })), ownerId });
  expect((await lastMessageOf({ ...run, ownerId })).metadata).toMatchObject({ status: "complete", usage: { upstream: "ollama-2" } });

  await first.behave({ tokens: 1_000, intervalMs: 10 });
  const other = await startRun({ ownerId, text: "hello again", options });
  await first.afterTokens(2);
  await stopRun({ runId: other.runId, ownerId });
  await chunksOfRun({ ...other, ownerId });
  await first.behave({ tokens: 4, intervalMs: 0 });
  clearProcessGlobal("gateway-conversation-hosts");
  await chunksOfRun({ ...(await continueReply({ ownerId, ...idsOf(other), options })), ownerId });
  expect((await lastMessageOf({ ...other, ownerId })).metadata).toMatchObject({ status: "complete", usage: { upstream: "ollama" } });
});

const idsOf = ({ conversationId, messageId }: { conversationId: string; messageId: string }) => ({ conversationId, messageId });
