import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { listChunks } from "@/db/queries/run-chunks";
import { getRun, listLiveRuns, saveRun } from "@/db/queries/runs";
import { runs } from "@/db/schema/chat";
import { continueReply } from "@/lib/chat/continue-reply";
import { followRun } from "@/lib/chat/follow-run";
import { textOf } from "@/lib/chat/message-parts";
import { openConversation, switchBranch } from "@/lib/chat/open-conversation";
import { regenerateReply } from "@/lib/chat/regenerate-reply";
import { startRun } from "@/lib/chat/start-run";
import { stopConversation, stopRun } from "@/lib/chat/stop-run";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import { fakeOllama } from "../../support/fake-ollama";

const model = "ollama/fake:latest";
const options = { model };

describe.each(databaseKinds)("runs on the %s database", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;

  beforeEach(async () => {
    upstream = await fakeOllama({ models: [{ name: "fake:latest" }], tokens: 20, intervalMs: 5 });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
  });
  afterEach(async () => {
    await app.close();
    await upstream.close();
  });

  const write = (text: string, more = {}) => startRun({ ownerId, text, options, ...more });

  test("a message is answered, and both are stored", async () => {
    const run = await write("Hello there");
    await chunksOfRun({ ...run, ownerId });
    const { conversation, messages } = await openConversation({ ownerId, conversationId: run.conversationId });
    expect(messages.map(({ role, metadata }) => [role, metadata?.status])).toEqual([
      ["user", "complete"],
      ["assistant", "complete"],
    ]);
    expect(textOf(messages[1]?.parts ?? [])).toMatch(/^tok0 tok1 .*tok19/);
    expect(messages[1]?.metadata).toMatchObject({ model, usage: { outputTokens: 20 }, parentId: messages[0]?.id });
    expect(conversation).toMatchObject({ title: "Hello there", activeRunId: null, model });
  });

  test("the reply goes on without anyone following it", async () => {
    const run = await write("Hello");
    await until(async () => (await getRun(db(), { id: run.runId, ownerId })).status === "complete");
    expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({ metadata: { status: "complete" } });
  });

  test("many followers see the same chunks, from any number on, during and after the run", async () => {
    const run = await write("Hello");
    const during = await Promise.all([chunksOfRun({ ...run, ownerId }), chunksOfRun({ ...run, ownerId })]);
    const after = await chunksOfRun({ ...run, ownerId, from: 5 });
    expect(during[0]).toEqual(during[1]);
    expect(during[0].map(({ seq }) => seq)).toEqual(during[0].map((_, index) => index));
    expect(after).toEqual(during[0].slice(5));
    expect(during[0][0]?.chunk).toMatchObject({ type: "start", messageMetadata: { conversationId: run.conversationId, runId: run.runId } });
    expect(during[0].at(-1)?.chunk).toMatchObject({ type: "finish", messageMetadata: { status: "complete" } });
  });

  test("what a follower reads from the database is what one reads from memory", async () => {
    const run = await write("Hello");
    const fromMemory = await chunksOfRun({ ...run, ownerId });
    clearProcessGlobal("live-runs"); // from here on this process knows no more of the run than another would
    expect(await chunksOfRun({ ...run, ownerId })).toEqual(fromMemory);
  });

  test("after the log is collapsed a follower gets one snapshot of the message", async () => {
    const run = await write("Hello");
    await chunksOfRun({ ...run, ownerId });
    await db().execute(`delete from run_chunks`);
    clearProcessGlobal("live-runs");
    const chunks = await chunksOfRun({ ...run, ownerId, from: 7 });
    expect(chunks[0]).toMatchObject({ seq: 0, chunk: { type: "start" } });
    expect(chunks.find(({ chunk }) => chunk.type === "text-delta")?.chunk).toMatchObject({ delta: expect.stringMatching(/^tok0 .*tok19/) });
    expect(chunks.at(-1)?.chunk).toMatchObject({ type: "finish", messageMetadata: { status: "complete" } });
  });

  test("stop closes the upstream connection within 500 ms", async () => {
    await upstream.behave({ tokens: 500, intervalMs: 20 });
    let quickestMs = Number.POSITIVE_INFINITY;
    // The quickest of a few: a busy machine may hold up one.
    for (let attempt = 0; attempt < 4 && quickestMs >= 500; attempt++) {
      const run = await write("count");
      await upstream.afterTokens(5);
      const stoppedAt = performance.now();
      await stopRun({ runId: run.runId, ownerId });
      expect(await upstream.closedByClient()).toBe(true);
      quickestMs = Math.min(quickestMs, performance.now() - stoppedAt);
    }
    expect(quickestMs).toBeLessThan(500);
  });

  test("stop keeps what was written, and tells what it took", async () => {
    await upstream.behave({ tokens: 500, intervalMs: 20 });
    const run = await write("count");
    await until(async () => JSON.stringify(await listChunks(db(), run.runId, 0)).includes("tok1"));
    expect((await openConversation({ ownerId, conversationId: run.conversationId })).conversation.activeRunId).toBe(run.runId);
    await stopRun({ runId: run.runId, ownerId });
    await expect(upstream.closedByClient()).resolves.toBe(true);
    await chunksOfRun({ ...run, ownerId });
    expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({
      metadata: { status: "stopped", usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) } },
      text: expect.stringMatching(/^tok0 tok1/),
    });
    await stopRun({ runId: run.runId, ownerId });
  });

  test("messages sent at once to one conversation never interleave: each waits its turn, none is lost", async () => {
    const first = await write("one");
    const others = await Promise.all([
      write("two", { conversationId: first.conversationId }),
      write("three", { conversationId: first.conversationId }),
    ]);
    await until(
      async () =>
        (await Promise.all([first, ...others].map((run) => getRun(db(), { id: run.runId, ownerId })))).every(
          (run) => run.status === "complete",
        ),
      15_000,
    );
    const { messages } = await openConversation({ ownerId, conversationId: first.conversationId });
    expect(messages.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant", "user", "assistant"]);
    const asked = upstream.chats.map(({ body }) => (body.messages as unknown[]).length);
    expect(asked).toContain(2); // instructions and the first question
    expect(asked).toContain(6); // the third question comes with both exchanges before it
    const times = (await db().select().from(runs)).sort((a, b) => Number(a.startedAt) - Number(b.startedAt));
    for (const [index, run] of times.entries())
      if (index > 0) expect(Number(run.startedAt)).toBeGreaterThanOrEqual(Number(times[index - 1]?.endedAt));
  });

  test.runIf(kind === "server")("a message that waited for another to be stored is answered after it, whichever began first", async () => {
    const first = await write("one");
    const { conversationId, messageId } = first;
    const run = () => ({ id: newId(), ownerId, conversationId, messageId, options, status: "queued" as const });
    const stored = await db().transaction(async (tx) => {
      await tx.execute(sql`select now()`);
      return [await saveRun(db(), run()), await saveRun(tx, run())];
    });
    const [before, after] = stored.map(({ queuedAt }) => Number(queuedAt));
    expect(after).toBeGreaterThanOrEqual(before ?? Number.NaN);
    const waiting = await listLiveRuns(db(), { conversationId, ownerId });
    expect(waiting.map(({ id }) => id).slice(-2)).toEqual(stored.map(({ id }) => id));
  });

  test("a waiting run can be stopped before it begins", async () => {
    await upstream.behave({ tokens: 200, intervalMs: 20 });
    const first = await write("one");
    const second = await write("two", { conversationId: first.conversationId });
    await stopRun({ runId: second.runId, ownerId });
    expect(await getRun(db(), { id: second.runId, ownerId })).toMatchObject({ status: "stopped" });
    await stopConversation({ conversationId: first.conversationId, ownerId });
    await chunksOfRun({ ...first, ownerId });
  });

  test("regenerating makes a version beside the first, and the reader can go back", async () => {
    const first = await write("Hello");
    await chunksOfRun({ ...first, ownerId });
    const again = await regenerateReply({ ownerId, conversationId: first.conversationId, messageId: first.messageId, options });
    await chunksOfRun({ ...again, ownerId });
    const now = await openConversation({ ownerId, conversationId: first.conversationId });
    expect(now.messages[1]).toMatchObject({ id: again.messageId, metadata: { siblings: [first.messageId, again.messageId] } });
    const back = await switchBranch({ ownerId, conversationId: first.conversationId, messageId: first.messageId });
    expect(back.messages.at(-1)?.id).toBe(first.messageId);
  });

  test("editing a message makes a branch from its parent and loses nothing", async () => {
    const first = await write("Hello");
    await chunksOfRun({ ...first, ownerId });
    const second = await write("And then?", { conversationId: first.conversationId });
    await chunksOfRun({ ...second, ownerId });
    const edited = await write("Hello, edited", { conversationId: first.conversationId, parentId: null });
    await chunksOfRun({ ...edited, ownerId });
    const { messages } = await openConversation({ ownerId, conversationId: first.conversationId });
    expect(messages.map((message) => textOf(message.parts).slice(0, 13))).toEqual(["Hello, edited", expect.stringMatching(/^tok0/)]);
    const original = messages[0]?.metadata?.siblings[0] ?? "";
    const back = await switchBranch({ ownerId, conversationId: first.conversationId, messageId: original });
    expect(back.messages).toHaveLength(4);
  });

  test("a failing host makes a failed reply with its reason, and the next message works", async () => {
    await upstream.behave({ misbehave: "server-error" });
    const run = await write("Hello");
    const chunks = await chunksOfRun({ ...run, ownerId });
    expect(chunks.at(-1)?.chunk).toMatchObject({ type: "error", errorText: expect.stringMatching(/./) });
    expect(await lastMessageOf({ ...run, ownerId })).toMatchObject({
      metadata: { status: "failed", error: { code: "model_unavailable" } },
    });
    await upstream.behave({ misbehave: undefined });
    const next = await write("Again", { conversationId: run.conversationId });
    await chunksOfRun({ ...next, ownerId });
    expect(await lastMessageOf({ ...next, ownerId })).toMatchObject({ metadata: { status: "complete" } });
  });

  test("nobody but the owner can follow, stop, continue or branch", async () => {
    const run = await write("Hello");
    const stranger = await aUser();
    await expect(followRun({ ...run, ownerId: stranger, from: 0 })).rejects.toMatchObject({ code: "not_found" });
    await expect(stopRun({ runId: run.runId, ownerId: stranger })).rejects.toMatchObject({ code: "not_found" });
    await expect(
      startRun({ ownerId: stranger, text: "x", options, conversationId: run.conversationId, mayCreate: true }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(switchBranch({ ownerId: stranger, conversationId: run.conversationId, messageId: run.messageId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      continueReply({ ownerId: stranger, conversationId: run.conversationId, messageId: run.messageId, options }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(write("x", { conversationId: run.conversationId, parentId: newId() })).rejects.toMatchObject({ code: "not_found" });
    await chunksOfRun({ ...run, ownerId });
  });
});
