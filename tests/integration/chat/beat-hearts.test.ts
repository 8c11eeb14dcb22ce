import { setTimeout as sleep } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { runs } from "@/db/schema/chat";
import { beatHearts } from "@/lib/chat/beat-hearts";
import { instanceId } from "@/lib/chat/instance";
import { openLiveRun } from "@/lib/chat/live-runs";
import { recoverRuns } from "@/lib/chat/recover-runs";
import { startRun } from "@/lib/chat/start-run";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { aUser, bootChat, chunksOfRun, lastMessageOf } from "@/tests/support/chat";
import { databaseKinds, freshDatabase } from "@/tests/support/database";
import { fakeOllama } from "@/tests/support/fake-ollama";
import { someThingsOf } from "@/tests/support/owned-things";

describe.each(databaseKinds)("beats on the %s database", (kind) => {
  let close: () => Promise<void>;
  let ownerId: string;
  const mayBeSilentS = 2;

  beforeEach(async () => {
    process.env.LOG_LEVEL = "silent";
    clearProcessGlobal("pulse");
    ({ close } = await freshDatabase(kind));
    ownerId = await aUser();
  });
  afterEach(() => {
    clearProcessGlobal("live-runs");
    return close();
  });

  /** Stores a run that is running, and was last heard of long ago. */
  async function aSilentRun(ofInstance: string) {
    const things = await someThingsOf(ownerId);
    const silent = { status: "running" as const, endedAt: null, instanceId: ofInstance, heartbeatAt: new Date(0) };
    await db().update(runs).set(silent).where(eq(runs.id, things.runId));
    return things;
  }
  const statusOf = async (id: string) => (await getRun(db(), { id, ownerId })).status;
  /** Beats until the run is no longer running. @returns how long that took, in seconds */
  async function beatUntilEnded(runId: string): Promise<number> {
    const startedAt = Date.now();
    while ((await statusOf(runId)) === "running") {
      if (Date.now() - startedAt > 20_000) throw new Error("The run was never ended.");
      await sleep(50);
      await beatHearts(mayBeSilentS);
    }
    expect(await statusOf(runId)).toBe("interrupted");
    return (Date.now() - startedAt) / 1_000;
  }

  test("another instance's silent run is left alone until one's own beats have gone through as long, and then interrupted", async () => {
    const { runId } = await aSilentRun(newId());
    expect(await beatUntilEnded(runId)).toBeGreaterThanOrEqual(mayBeSilentS);
    const next = await aSilentRun(newId());
    await beatHearts(mayBeSilentS);
    expect(await statusOf(next.runId)).toBe("interrupted");
  });

  test("after a pause in one's own beats, as an outage makes one, the others get their time again", async () => {
    await beatUntilEnded((await aSilentRun(newId())).runId);
    const { runId } = await aSilentRun(newId());
    await sleep(mayBeSilentS * 600);
    expect(await beatUntilEnded(runId)).toBeGreaterThanOrEqual(mayBeSilentS);
  });

  test("a run that nobody writes is interrupted though it has this instance's name, and one that is being written is not", async () => {
    const nobodys = await aSilentRun(instanceId());
    const written = await aSilentRun(instanceId());
    openLiveRun({ id: written.runId, ownerId, conversationId: written.conversationId, stored: true });
    await beatUntilEnded(nobodys.runId);
    expect(await statusOf(written.runId)).toBe("running");
  });
});

describe.each(databaseKinds)("an instance wrongly taken for dead, on the %s database", (kind) => {
  test("gives up the run that was ended for it: the host's connection is closed and the text that was stored stands", async () => {
    const upstream = await fakeOllama({ models: [{ name: "fake:latest" }], tokens: 500, intervalMs: 20 });
    const app = await bootChat(kind, { OLLAMA_BASE_URL: upstream.url });
    try {
      const ownerId = await aUser();
      const run = await startRun({ ownerId, text: "count", options: { model: "ollama/fake:latest" } });
      const following = chunksOfRun({ ...run, ownerId });
      await upstream.afterTokens(30);
      await db()
        .update(runs)
        .set({ heartbeatAt: new Date(0) })
        .where(eq(runs.id, run.runId));
      expect(await recoverRuns(30)).toBe(1); // as another instance does it
      const stored = await lastMessageOf({ ...run, ownerId });
      expect(stored).toMatchObject({ metadata: { status: "interrupted" }, text: expect.stringMatching(/^tok0 tok1 /) });
      expect(await upstream.closedByClient(6_000)).toBe(true);
      expect((await following).at(-1)?.chunk).toMatchObject({ type: "finish", messageMetadata: { status: "interrupted" } });
      expect(await lastMessageOf({ ...run, ownerId })).toEqual(stored);
    } finally {
      await app.close();
      await upstream.close();
    }
  });
});
