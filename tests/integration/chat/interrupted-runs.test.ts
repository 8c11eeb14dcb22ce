import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { listChunks } from "@/db/queries/run-chunks";
import { getRun } from "@/db/queries/runs";
import { runs } from "@/db/schema/chat";
import { continueReply } from "@/lib/chat/continue-reply";
import { recoverRuns } from "@/lib/chat/recover-runs";
import { startRun } from "@/lib/chat/start-run";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { aUser, bootChat, chunksOfRun, lastMessageOf, until } from "../../support/chat";
import { databaseKinds } from "../../support/database";
import { fakeOllama } from "../../support/fake-ollama";
import { storedSpans } from "../../support/trace-tree";

const options = { model: "ollama/fake:latest" };

describe.each(databaseKinds)("runs whose process died, on the %s database", (kind) => {
  let upstream: Awaited<ReturnType<typeof fakeOllama>>;
  let app: Awaited<ReturnType<typeof bootChat>>;
  let ownerId: string;

  beforeEach(async () => {
    upstream = await fakeOllama({ models: [{ name: "fake:latest" }], tokens: 100, intervalMs: 10 });
    app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    ownerId = await aUser();
  });
  afterEach(async () => {
    await app.close();
    await upstream.close();
  });

  const write = (text: string, more = {}) => startRun({ ownerId, text, options, ...more });

  test("one is interrupted with the text that was flushed, and goes on from there", async () => {
    const run = await write("Hello");
    await until(async () => (await listChunks(db(), run.runId, 0)).length > 5);
    await pretendCrash(run.runId);
    expect(await recoverRuns(0)).toBe(1);
    const cut = await lastMessageOf({ ...run, ownerId });
    expect(cut).toMatchObject({ metadata: { status: "interrupted" }, text: expect.stringMatching(/^tok0 tok1/) });
    await upstream.behave({ tokens: 3, intervalMs: 1, reply: "and the rest" });
    const more = await continueReply({ ownerId, conversationId: run.conversationId, messageId: run.messageId, options });
    const chunks = await chunksOfRun({ ...more, ownerId });
    expect(chunks[0]?.chunk).toMatchObject({ type: "start", messageId: run.messageId });
    const whole = await lastMessageOf({ ...run, ownerId });
    expect(whole).toMatchObject({ id: run.messageId, metadata: { status: "complete" } });
    expect(whole.text).toBe(`${cut.text}and the rest`);
    expect(whole.parts.filter((part) => part.type === "text")).toHaveLength(1);
  });

  test("its trace comes to an end too", async () => {
    const run = await write("Hello");
    await until(async () => (await listChunks(db(), run.runId, 0)).length > 5);
    const goingOn = async () => (await storedSpans()).filter(({ traceId, status }) => traceId === run.runId && status === "running");
    expect((await goingOn()).map(({ kind: of }) => of)).toEqual(["run", "step", "model", "attempt"]);
    await pretendCrash(run.runId);
    await recoverRuns(0);
    expect(await goingOn()).toEqual([]);
    expect((await storedSpans()).filter(({ error }) => error === "Hearth ended before this did.")).toHaveLength(4);
  });

  test("a follower learns of the interruption and ends", async () => {
    const run = await write("Hello");
    await until(async () => (await listChunks(db(), run.runId, 0)).length > 5);
    await pretendCrash(run.runId);
    const following = chunksOfRun({ ...run, ownerId });
    await recoverRuns(0);
    expect((await following).at(-1)?.chunk).toMatchObject({ type: "finish", messageMetadata: { status: "interrupted" } });
  });

  test("one that waits behind a dead one begins when the dead one is found", async () => {
    await upstream.behave({ tokens: 300, intervalMs: 10 });
    const first = await write("one");
    const second = await write("two", { conversationId: first.conversationId });
    await until(async () => (await listChunks(db(), first.runId, 0)).length > 0);
    await pretendCrash(first.runId);
    await upstream.behave({ tokens: 3, intervalMs: 1 });
    await recoverRuns(0);
    await until(async () => (await getRun(db(), { id: second.runId, ownerId })).status === "complete");
  });

  /** Makes this process forget a run the way a dead one has: nothing more is flushed, stored or beaten. */
  async function pretendCrash(runId: string) {
    clearProcessGlobal("live-runs");
    await db()
      .update(runs)
      .set({ instanceId: newId(), heartbeatAt: new Date(0) })
      .where(eq(runs.id, runId));
  }
});
