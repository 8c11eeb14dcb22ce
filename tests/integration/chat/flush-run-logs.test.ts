import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db, setDatabase } from "@/db/database";
import { openServer } from "@/db/open-server";
import { flushChunks, listChunks, saveChunks } from "@/db/queries/run-chunks";
import { runChunks, runs } from "@/db/schema/chat";
import type { UiChunk } from "@/db/schema/json";
import { flushRunLogs } from "@/lib/chat/flush-run-logs";
import { openLiveRun } from "@/lib/chat/live-runs";
import { startRun } from "@/lib/chat/start-run";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { aUser, bootChat, chunksOfRun, until } from "@/tests/support/chat";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { someThingsOf } from "@/tests/support/owned-things";
import { postgresProxy } from "@/tests/support/postgres-proxy";
import { emptyServerDatabase } from "@/tests/support/test-server-database";

const delta = (index: number): UiChunk => ({ type: "text-delta", id: "t", delta: `tok${index} ` });
const deltas = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => delta(from + index));
const numbered = (from: number, to: number) => deltas(from, to).map((chunk, index) => ({ seq: from + index, chunk }));

describe.each(databaseKinds)("stored chunks on the %s database", (kind) => {
  let close: () => Promise<void>;
  let runId: string;

  beforeEach(async () => {
    process.env.LOG_LEVEL = "silent";
    ({ close } = await freshDatabase(kind));
    ({ runId } = await aRunningRun());
  });
  afterEach(() => {
    clearProcessGlobal("live-runs");
    return close();
  });

  async function aRunningRun() {
    const ownerId = await aUser();
    const things = await someThingsOf(ownerId);
    await db().update(runs).set({ status: "running", endedAt: null }).where(eq(runs.id, things.runId));
    return { ...things, ownerId };
  }

  test.each([
    { name: "a flush", write: flushChunks },
    { name: "a run's end", write: saveChunks },
  ])("a batch that $name writes again with more in it takes the place of the shorter one, and never the other way", async ({ write }) => {
    await write(db(), [{ runId, firstSeq: 0, chunks: deltas(0, 2) }]);
    await write(db(), [{ runId, firstSeq: 0, chunks: deltas(0, 5) }]);
    await write(db(), [{ runId, firstSeq: 0, chunks: deltas(0, 3) }]);
    expect(await listChunks(db(), runId, 0)).toEqual(numbered(0, 5));
  });

  test("batches that overlap are read with each number once, from any number on", async () => {
    await saveChunks(db(), [
      { runId, firstSeq: 0, chunks: deltas(0, 4) },
      { runId, firstSeq: 2, chunks: deltas(2, 7) },
      { runId, firstSeq: 3, chunks: deltas(3, 5) },
      { runId, firstSeq: 7, chunks: deltas(7, 9) },
    ]);
    for (let from = 0; from <= 9; from += 1) expect(await listChunks(db(), runId, from)).toEqual(numbered(from, 9));
  });

  test("a flush adds nothing to a run that has ended, and a run that is gone does not fail it for the others", async () => {
    const ended = await aRunningRun();
    await db().update(runs).set({ status: "interrupted" }).where(eq(runs.id, ended.runId));
    for (const id of [runId, ended.runId, newId()]) {
      const { live } = openLiveRun({ id, ownerId: ended.ownerId, conversationId: ended.conversationId, stored: true });
      live.log.append(delta(0));
    }
    await flushRunLogs();
    expect(await db().select({ runId: runChunks.runId }).from(runChunks)).toEqual([{ runId }]);
  });
});

describe.skipIf(!process.env.TEST_DATABASE_URL)("a connection lost between a flush and its acknowledgement", () => {
  test("loses no chunk and stores none twice", async () => {
    const upstream = await fakeOllama({ models: [{ name: "fake:latest" }], tokens: 60, intervalMs: 20 });
    const empty = await emptyServerDatabase();
    const proxy = await postgresProxy(empty.url);
    const opened = await openServer(proxy.url);
    setDatabase(opened);
    const app = await bootChat(opened, { OLLAMA_BASE_URL: upstream.url });
    try {
      const ownerId = await aUser();
      const run = await startRun({ ownerId, text: "count", options: { model: "ollama/fake:latest" } });
      await until(async () => (await listChunks(db(), run.runId, 0)).length > 0);
      await proxy.loseNextAnswer("INSERT 0 1");
      const fromMemory = await chunksOfRun({ ...run, ownerId });
      expect(fromMemory.length).toBeGreaterThan(20);
      expect(await listChunks(db(), run.runId, 0)).toEqual(fromMemory);
    } finally {
      await app.close();
      await proxy.close();
      await empty.drop();
      await upstream.close();
    }
  });
});
