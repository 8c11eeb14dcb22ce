import { afterAll, beforeAll, expect, test } from "vitest";
import { listBranch } from "@/db/queries/messages";
import { continueReply } from "@/lib/chat/continue-reply";
import { giveFeedback } from "@/lib/chat/give-feedback";
import { listMessages } from "@/lib/chat/list-messages";
import { startRun } from "@/lib/chat/start-run";
import { findTemporaryMessage, startTemporaryRun } from "@/lib/chat/temporary-run";
import { NotFoundError } from "@/lib/core/errors";
import { saveGatewaySettings } from "@/lib/gateway/gateway-settings";
import { routeVotes } from "@/lib/gateway/routing/route-votes";
import { tryRoute } from "@/lib/gateway/routing/try-route";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "../../support/chat";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";

const general = "ollama/llama3.2:3b";
const coder = "ollama/qwen2.5-coder:7b";
const models = [
  { name: "llama3.2:3b", capabilities: ["completion", "tools"], contextLength: 131_072, loaded: true },
  { name: "qwen2.5-coder:7b", capabilities: ["completion", "tools"], contextLength: 32_768 },
];
const options = { model: "auto" };
const code = "Write a Python function that merges two sorted lists.";

let host: FakeHost;
let app: Awaited<ReturnType<typeof bootChat>>;
let ownerId: string;
beforeAll(async () => {
  host = await fakeOllama({ models });
  app = await bootChat("embedded", { OLLAMA_BASE_URL: host.url });
  ownerId = await aUser();
});
afterAll(async () => {
  await app.close();
  await host.close();
});

async function asked(text: string, more: { conversationId?: string; model?: string } = {}) {
  const run = await startRun({ ownerId, text, conversationId: more.conversationId, options: { ...options, model: more.model ?? "auto" } });
  const chunks = await chunksOfRun({ ...run, ownerId });
  return { ...run, chunks: chunks.map(({ chunk }) => chunk), ...(await lastMessageOf({ ...run, ownerId })) };
}

test("a chat with `auto` is answered by the model that suits the message, and says which and why", async () => {
  const { metadata, chunks, conversationId } = await asked(code);
  const route = {
    kind: "code",
    preference: "balanced",
    model: coder,
    why: `code → ${coder}: made for code, tools`,
    tookMs: expect.any(Number),
  };
  expect(metadata).toMatchObject({ model: coder, route });
  expect(host.chats.at(0)?.body.model).toBe("qwen2.5-coder:7b");
  const told = chunks.findIndex((chunk) => chunk.type === "message-metadata");
  expect(chunks[told]).toMatchObject({ messageMetadata: { model: coder, route } });
  expect(told).toBeLessThan(chunks.findIndex((chunk) => chunk.type === "text-delta"));
  const { items } = await listMessages({ conversationId, ownerId, all: false, limit: 10 });
  expect(items.at(-1)).toMatchObject({ model: coder, route });
  expect((await asked("Hello!")).metadata).toMatchObject({ model: general, route: { kind: "small-talk", model: general } });
});

test("a conversation stays with its model for what follows, until it is about something else", async () => {
  const { conversationId } = await asked(code);
  expect((await asked("and shorter?", { conversationId })).metadata?.route).toMatchObject({ kind: "code", model: coder });
  const other = await asked("Translate 'I would like a coffee' into Italian.", { conversationId });
  expect(other.metadata?.route).toMatchObject({ kind: "general", model: general });
});

test("a reply of a model that was named has no decision", async () => {
  expect((await asked(code, { model: general })).metadata).toMatchObject({ model: general, route: undefined });
});

test("a failed reply keeps the decision that led to it", async () => {
  await host.behave({ misbehave: "no-model" });
  const { metadata } = await asked(code);
  await host.behave({ misbehave: undefined });
  expect(metadata).toMatchObject({ status: "failed", route: { kind: "code", model: coder } });
});

test("a temporary chat is decided alike", async () => {
  const run = await startTemporaryRun({ ownerId, text: code, options });
  await chunksOfRun({ ...run, ownerId });
  expect(findTemporaryMessage({ ...run, ownerId })).toMatchObject({ model: coder, route: { kind: "code" } });
});

test("an admin's rule decides from the next message on", async () => {
  await saveGatewaySettings({ routeRules: [{ kind: "code", model: general }], routePreference: "best" });
  expect((await asked(code)).metadata?.route).toMatchObject({ model: general, preference: "best", why: expect.stringContaining("rule") });
  await saveGatewaySettings({ routeRules: null, routePreference: null });
});

test("a message can be tried out, which asks no model and stores nothing", async () => {
  const before = host.chats.length;
  expect(await tryRoute(code, { userId: ownerId })).toMatchObject({ kind: "code", model: coder });
  expect(host.chats).toHaveLength(before);
});

test("a vote is kept with the reply's decision, can be changed and taken back, and is counted by kind and model", async () => {
  const { id: messageId, conversationId } = await asked(code);
  const stored = async () => (await listBranch(app.database.db, { conversationId, ownerId, leafId: messageId })).at(-1);
  expect(await giveFeedback({ messageId, ownerId }, "down")).toMatchObject({ id: messageId, feedback: "down", route: { kind: "code" } });
  expect(await giveFeedback({ messageId, ownerId }, "up")).toMatchObject({ feedback: "up" });
  expect((await lastMessageOf({ conversationId, ownerId })).metadata?.feedback).toBe("up");
  expect(await stored()).toMatchObject({ feedback: "up", route: { model: coder } });
  expect(await routeVotes()).toEqual([{ kind: "code", model: coder, up: 1, down: 0 }]);
  expect(await giveFeedback({ messageId, ownerId }, null)).not.toHaveProperty("feedback", expect.anything());
  expect(await routeVotes()).toEqual([]);
});

test.each(["auto", general])("a reply that is continued with %s has no vote any more, in the store and on the page", async (model) => {
  await host.behave({ misbehave: "no-model" });
  const { id: messageId, conversationId } = await asked(code);
  await giveFeedback({ messageId, ownerId }, "down");
  expect(await routeVotes()).toEqual([{ kind: "code", model: coder, up: 0, down: 1 }]);
  await host.behave({ misbehave: undefined });
  const chunks = await chunksOfRun({ ...(await continueReply({ ownerId, conversationId, messageId, options: { model } })), ownerId });
  expect(chunks[0]?.chunk).not.toHaveProperty("messageMetadata.feedback");
  const { metadata } = await lastMessageOf({ conversationId, ownerId });
  expect(metadata).toMatchObject({ status: "complete", feedback: undefined });
  expect(await routeVotes()).toEqual([]);
});

test("only the owner of a reply votes on it, and nobody on a question", async () => {
  const { id: messageId, metadata } = await asked("Hello!");
  const stranger = await aUser("admin");
  await expect(giveFeedback({ messageId, ownerId: stranger }, "up")).rejects.toThrow(NotFoundError);
  await expect(giveFeedback({ messageId: metadata?.parentId ?? "", ownerId }, "up")).rejects.toThrow(NotFoundError);
});
