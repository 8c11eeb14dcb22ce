import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { and, eq, inArray, sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { lockConversation } from "@/db/queries/conversations";
import { getMessage, saveMessages } from "@/db/queries/messages";
import { saveChunks } from "@/db/queries/run-chunks";
import { claimNextRun, getRun, saveRun } from "@/db/queries/runs";
import { runs } from "@/db/schema/chat";
import type { UiChunk } from "@/db/schema/json";
import { createConversation } from "@/lib/chat/create-conversation";
import { deleteConversation, restoreConversation } from "@/lib/chat/delete-conversation";
import { advanceQueue } from "@/lib/chat/execute-run";
import { followRun } from "@/lib/chat/follow-run";
import { textParts } from "@/lib/chat/message-parts";
import { openConversation } from "@/lib/chat/open-conversation";
import { startStalledRuns } from "@/lib/chat/recover-runs";
import { startRun } from "@/lib/chat/start-run";
import { emptyReply } from "@/lib/chat/store-run";
import { newId } from "@/lib/core/ids";
import { aUser, bootChat, chunksOfRun, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import { fakeOllama } from "../../support/fake-ollama";

const options = { model: "ollama/fake:latest" };

describe.each(databaseKinds)("turns of a conversation on the %s database", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;
  let conversationId: string;
  let firstReplyId: string;

  beforeEach(async () => {
    upstream = await fakeOllama({ models: [{ name: "fake:latest" }], tokens: 3 });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
    // A person's title, so that no model is asked for one meanwhile.
    ({ id: conversationId } = await createConversation({ ownerId, title: "Turns" }));
    const first = await startRun({ ownerId, conversationId, text: "one", options });
    firstReplyId = first.messageId;
    await chunksOfRun({ ...first, ownerId });
  });
  afterEach(async () => {
    await app.close();
    await upstream.close();
  });

  /** Stores a run that waits, as one is left when its turn was missed. */
  async function aWaitingRun() {
    const said = { id: newId(), conversationId, ownerId, parentId: firstReplyId, role: "user" as const, text: "waiting" };
    const reply = emptyReply({ conversationId, ownerId, parentId: said.id });
    await saveMessages(db(), [{ ...said, parts: textParts(said.text), status: "complete" }, reply]);
    return saveRun(db(), { id: newId(), conversationId, ownerId, messageId: reply.id, options, status: "queued" });
  }
  const listRunning = () =>
    db()
      .select()
      .from(runs)
      .where(and(eq(runs.conversationId, conversationId), eq(runs.status, "running")));

  test("however many ask for the next turn at once, one run begins, the one that waits longest", async () => {
    await upstream.behave({ tokens: 300, intervalMs: 20 });
    const waiting = [];
    for (let index = 0; index < 5; index += 1) waiting.push(await aWaitingRun());
    const atOnce = <T>(ask: () => Promise<T>) => Promise.all(Array.from({ length: 10 }, ask));
    await atOnce(async () => db().execute(sql`select pg_sleep(0.1)`)); // every connection is open, so that none asks later
    await atOnce(() => advanceQueue({ conversationId, ownerId }));
    expect((await listRunning()).map(({ id }) => id)).toEqual([waiting[0]?.id]);
  });

  test("a turn that is asked for while another is being given, but is not stored yet, waits for it", async () => {
    await upstream.behave({ tokens: 300, intervalMs: 20 });
    const [first] = [await aWaitingRun(), await aWaitingRun()];
    let asked: Promise<void> | undefined;
    await db().transaction(async (tx) => {
      await lockConversation(tx, { id: conversationId, ownerId });
      await claimNextRun(tx, { conversationId, instanceId: newId() });
      asked = advanceQueue({ conversationId, ownerId });
      await sleep(200);
    });
    await asked;
    expect((await listRunning()).map(({ id }) => id)).toEqual([first?.id]);
  });

  test("the database itself refuses a second running run in a conversation", async () => {
    const first = await aWaitingRun();
    const second = await aWaitingRun();
    const run = (id: string) => db().update(runs).set({ status: "running" }).where(eq(runs.id, id));
    await run(first.id);
    await expect(run(second.id)).rejects.toMatchObject({ cause: { code: "23505" } });
  });

  test("a run whose turn was missed begins at the next sweep", async () => {
    const waiting = await aWaitingRun();
    await until(async () => (await getRun(db(), { id: waiting.id, ownerId })).status === "complete");
  });

  test("a message sent while an older one waits lets that one go first, under its own place in the tree", async () => {
    await upstream.behave({ tokens: 300, intervalMs: 20 });
    const waiting = await aWaitingRun();
    const sent = await startRun({ ownerId, conversationId, text: "two", options });
    expect((await listRunning()).map(({ id }) => id)).toEqual([waiting.id]);
    const { value: batch } = await (await followRun({ runId: waiting.id, ownerId, from: 0 })).next();
    const { parentId } = await getMessage(db(), { id: waiting.messageId, conversationId, ownerId });
    expect(batch[0]?.chunk).toMatchObject({ type: "start", messageMetadata: { parentId, siblings: [waiting.messageId] } });
    expect((await getRun(db(), { id: sent.runId, ownerId })).status).toBe("queued");
  });

  test("deleting a chat stops the reply being written and those that wait; restored, none of them is running", async () => {
    await upstream.behave({ tokens: 300, intervalMs: 20 });
    const writing = await startRun({ ownerId, conversationId, text: "two", options });
    const waiting = [
      await startRun({ ownerId, conversationId, text: "three", options }),
      await startRun({ ownerId, conversationId, text: "four", options }),
    ];
    await upstream.afterTokens(5); // more than the first reply had
    await deleteConversation({ ownerId, conversationId });
    expect(await upstream.closedByClient()).toBe(true);
    const statuses = () => Promise.all([writing, ...waiting].map(async ({ runId }) => (await getRun(db(), { id: runId, ownerId })).status));
    await until(async () => (await statuses())[0] === "stopped");
    await advanceQueue({ conversationId, ownerId });
    await startStalledRuns();
    expect(await statuses()).toEqual(["stopped", "stopped", "stopped"]);
    expect(upstream.chats.filter(({ body }) => JSON.stringify(body).includes("three"))).toEqual([]);
    await restoreConversation({ ownerId, conversationId });
    const { conversation, messages: branch } = await openConversation({ ownerId, conversationId });
    expect(conversation.activeRunId).toBeNull();
    expect(branch.map(({ metadata }) => metadata?.status)).toEqual([
      ...["complete", "complete"],
      ...["complete", "stopped"],
      ...["complete", "stopped"],
      ...["complete", "stopped"],
    ]);
  });

  test("no run begins in a deleted chat, and one that waits there begins when it is restored", async () => {
    await deleteConversation({ ownerId, conversationId });
    const waiting = await aWaitingRun();
    await advanceQueue({ conversationId, ownerId });
    await startStalledRuns();
    expect(await listRunning()).toEqual([]);
    await restoreConversation({ ownerId, conversationId });
    await until(async () => (await getRun(db(), { id: waiting.id, ownerId })).status === "complete");
  });

  test("a database from before, in which two runs of a chat are running, is brought in order: the older is interrupted with its text", async () => {
    await db().execute(sql`drop index runs_one_running`);
    const [older, newer] = [await aWaitingRun(), await aWaitingRun()];
    await db()
      .update(runs)
      .set({ status: "running", startedAt: sql`queued_at` })
      .where(inArray(runs.id, [older.id, newer.id]));
    const delta = (text: string): UiChunk => ({ type: "text-delta", id: "t", delta: text });
    await saveChunks(db(), [
      { runId: older.id, firstSeq: 0, chunks: [{ type: "text-start", id: "t" }, delta("as far "), delta("as it ")] },
      { runId: older.id, firstSeq: 3, chunks: [delta("came")] },
    ]);
    const migration = await readFile("db/migrations/0002_one-running.sql", "utf8");
    await db().transaction(async (tx) => {
      for (const statement of migration.split("--> statement-breakpoint")) await tx.execute(sql.raw(statement));
    });
    expect((await listRunning()).map(({ id }) => id)).toEqual([newer.id]);
    const cut = await getMessage(db(), { id: older.messageId, conversationId, ownerId });
    expect(cut).toMatchObject({ status: "interrupted", text: "as far as it came", parts: [{ type: "text", text: "as far as it came" }] });
    expect((await getMessage(db(), { id: newer.messageId, conversationId, ownerId })).status).toBe("running");
  });
});
