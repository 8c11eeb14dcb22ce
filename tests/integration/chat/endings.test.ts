import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { continueReply } from "@/lib/chat/continue-reply";
import { listMessages } from "@/lib/chat/list-messages";
import { startRun } from "@/lib/chat/start-run";
import { findTemporaryMessage, startTemporaryRun } from "@/lib/chat/temporary-run";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "../../support/chat";
import type { FakeHost } from "../../support/fake-host";
import { fakeOllama } from "../../support/fake-ollama";
import { fakeOpenai } from "../../support/fake-openai";

const nowhere = "http://127.0.0.1:47999";
const ollamaModels = [{ name: "small:latest", contextLength: 2_048, loaded: true }];
const kinds = [
  {
    kind: "Ollama",
    model: "ollama/small:latest",
    fake: () => fakeOllama({ models: ollamaModels, tokens: 3 }),
    environment: (url: string) => ({ OLLAMA_BASE_URL: url, OPENAI_BASE_URL: "" }),
  },
  {
    kind: "OpenAI",
    model: "openai/gpt-5",
    fake: () => fakeOpenai({ tokens: 3 }),
    environment: (url: string) => ({ OLLAMA_BASE_URL: nowhere, OPENAI_BASE_URL: `${url}/v1` }),
  },
];

describe.each(kinds)("a reply of $kind", ({ model, fake, environment }) => {
  let upstream: FakeHost;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;
  beforeEach(async () => {
    upstream = await fake();
    app = await bootChat("embedded", environment(upstream.url));
    ownerId = await aUser();
  });
  afterEach(async () => {
    await app.close();
    await upstream.close();
  });

  const ask = async (options: { maxTokens?: number } = {}) => {
    const run = await startRun({ ownerId, text: "Count.", options: { model, ...options } });
    const chunks = await chunksOfRun({ ...run, ownerId });
    return { run, end: chunks.at(-1)?.chunk, reply: await lastMessageOf({ ...run, ownerId }) };
  };
  const goOn = async ({ conversationId, messageId }: { conversationId: string; messageId: string }) => {
    const run = await continueReply({ ownerId, conversationId, messageId, options: { model } });
    await chunksOfRun({ ...run, ownerId });
    return lastMessageOf({ conversationId, ownerId });
  };

  test("that reached its longest length is complete, says so, and can be gone on with until it is whole", async () => {
    await upstream.behave({ finishReason: "length" });
    const { run, reply, end } = await ask();
    expect(reply).toMatchObject({ text: "tok0 tok1 tok2 ", metadata: { status: "complete", truncated: true } });
    expect(reply.metadata?.notes).toEqual(["The reply reached the longest length that its model, or a budget, allows."]);
    expect(end).toMatchObject({ type: "finish", finishReason: "length", messageMetadata: { status: "complete", truncated: true } });

    const longer = await goOn(run);
    expect(longer).toMatchObject({ text: "tok0 tok1 tok2 tok0 tok1 tok2 ", metadata: { status: "complete", truncated: true } });
    expect(longer.metadata?.notes).toHaveLength(1);
    expect(longer.parts.filter(({ type }) => type === "text")).toHaveLength(1);

    await upstream.behave({ finishReason: undefined });
    const whole = await goOn(run);
    expect(whole.text).toBe("tok0 tok1 tok2 ".repeat(3));
    expect(whole.metadata).toMatchObject({ status: "complete", notes: [] });
    expect(whole.metadata?.truncated ?? false).toBe(false);
    expect(JSON.stringify(upstream.chats.map(({ body }) => body.messages))).not.toContain("longest length");
    await expect(goOn(run)).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("that reached the length which was asked for names that length", async () => {
    await upstream.behave({ finishReason: "length", countsTokens: 1_200 });
    const { reply } = await ask({ maxTokens: 1_200 });
    expect(reply.metadata?.notes).toEqual(["The reply reached its longest length of 1,200 tokens."]);
  });

  test("that the host's content filter ended is told, keeps its text, and cannot be gone on with", async () => {
    await upstream.behave({ finishReason: "content-filter" });
    const { run, reply, end } = await ask();
    expect(reply).toMatchObject({ text: "tok0 tok1 tok2 ", metadata: { status: "complete" } });
    expect(reply.metadata?.notes).toEqual([expect.stringContaining("content filter")]);
    expect(end).toMatchObject({ finishReason: "stop" });
    await expect(goOn(run)).rejects.toMatchObject({ code: "invalid_request" });
  });

  test("is told as truncated to programs too, stored or not, and a whole one has no word of it", async () => {
    await upstream.behave({ finishReason: "length" });
    const { run } = await ask();
    const stored = await listMessages({ ownerId, conversationId: run.conversationId, limit: 10, all: false });
    expect(stored.items.map(({ truncated }) => truncated)).toEqual([undefined, true]);
    const temporary = await startTemporaryRun({ ownerId, text: "Count.", options: { model } });
    await chunksOfRun({ ...temporary, ownerId });
    expect(findTemporaryMessage({ runId: temporary.runId, ownerId })).toMatchObject({ truncated: true, status: "complete" });
    await upstream.behave({ finishReason: undefined });
    const { run: whole } = await ask();
    const { items } = await listMessages({ ownerId, conversationId: whole.conversationId, limit: 10, all: false });
    expect(items.some((message) => "truncated" in message && message.truncated)).toBe(false);
  });
});

test("a reply that filled the model's context names the context", async () => {
  const upstream = await fakeOllama({ models: ollamaModels, tokens: 3, finishReason: "length", countsTokens: 2_037 });
  const app = await bootChat("embedded", { OLLAMA_BASE_URL: upstream.url, OPENAI_BASE_URL: "" });
  const ownerId = await aUser();
  const run = await startRun({ ownerId, text: "Count.", options: { model: "ollama/small:latest" } });
  await chunksOfRun({ ...run, ownerId });
  const { metadata } = await lastMessageOf({ ...run, ownerId });
  expect(metadata?.notes).toEqual(["The reply filled this model's context of 2,048 tokens."]);
  await app.close();
  await upstream.close();
});
