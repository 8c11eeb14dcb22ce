import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database } from "@/db/database";
import { insertSample } from "@/db/queries/process-samples";
import { processSamples } from "@/db/schema/process-samples";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import { processHistory } from "@/lib/monitoring/samples/process-history";
import { startSampleLoop, stopSampleLoop } from "@/lib/monitoring/samples/sample-loop";
import { withEnvironment } from "../../support/accounts";
import { databaseKinds, freshDatabase } from "../../support/database";

const usual = {
  residentBytes: 3e8,
  heapBytes: 1e8,
  lagP50Ms: 1,
  lagP99Ms: 8,
  cpuShare: 0.25,
  liveRuns: 2,
  waitingCalls: 1,
  databaseBytes: null,
};

describe.each(databaseKinds)("samples of the process on %s", (kind) => {
  let database: Database;
  beforeEach(async () => {
    withEnvironment({ LOG_LEVEL: "silent" });
    database = await freshDatabase(kind);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await stopSampleLoop();
    clearProcessGlobal("sample-loop");
    await database.close();
  });

  test("one is stored every ten seconds, the database's size once a minute; what is older than eight days goes", async () => {
    await insertSample(database.db, { ...usual, instanceId: newId(), at: new Date(Date.now() - 9 * 86_400_000) });
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    const instanceId = newId();
    startSampleLoop({ instanceId, liveRuns: () => 3, waitingCalls: () => 4 });
    const samples = () => database.db.select().from(processSamples).orderBy(processSamples.at);
    // Vitest's own waiting would move the clock on.
    const until = async (isSo: (rows: Awaited<ReturnType<typeof samples>>) => boolean) => {
      while (!isSo(await samples())) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const stored = (count: number) => until((rows) => rows.length === count);
    vi.advanceTimersByTime(9_999);
    await stored(1);
    for (let turn = 1; turn <= 7; turn += 1) {
      vi.advanceTimersByTime(10_000);
      await stored(1 + turn);
    }
    vi.advanceTimersByTime(300_000);
    await until(([oldest]) => oldest?.instanceId === instanceId);
    const rows = (await samples()).slice(0, 7);
    expect(rows.map((row) => [row.liveRuns, row.waitingCalls, row.databaseBytes !== null])).toEqual([
      ...Array.from({ length: 5 }, () => [3, 4, false]),
      [3, 4, true],
      [3, 4, false],
    ]);
    expect(rows[0]?.residentBytes).toBeGreaterThan(10_000_000);
    expect(rows[5]?.databaseBytes).toBeGreaterThan(1_000_000);
    expect(rows[0]?.cpuShare).toBeGreaterThanOrEqual(0);
  });

  test("a range shows of several processes the largest, of their work the sum, and gaps where nothing ran", async () => {
    const begin = Date.parse("2026-04-02T10:00:00Z");
    const at = (seconds: number) => new Date(begin + seconds * 1_000);
    const [one, other] = [newId(), newId()];
    await insertSample(database.db, { ...usual, instanceId: one, at: at(5), databaseBytes: 5e7 });
    await insertSample(database.db, { ...usual, instanceId: one, at: at(15), residentBytes: 4e8, cpuShare: 0.75, liveRuns: 5 });
    await insertSample(database.db, { ...usual, instanceId: other, at: at(20), lagP99Ms: 90 });
    await insertSample(database.db, { ...usual, instanceId: other, at: at(125) });
    expect(await processHistory([begin, begin + 60_000, begin + 120_000, begin + 180_000])).toEqual([
      { ...usual, residentBytes: 4e8, lagP99Ms: 90, cpuShare: 0.5, liveRuns: 7, waitingCalls: 2, databaseBytes: 5e7 },
      null,
      usual,
    ]);
  });
});
