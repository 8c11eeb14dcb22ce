import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database } from "@/db/database";
import { deleteSamples, insertSample, rollUpSamples } from "@/db/queries/process-samples";
import { processSampleHours, processSamples } from "@/db/schema/process-samples";
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

const seen = { ...usual, leastResidentBytes: usual.residentBytes };

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
    // Its hour is kept.
    expect(await database.db.select().from(processSampleHours)).toHaveLength(3);
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
    expect(await processHistory([begin, begin + 60_000, begin + 120_000, begin + 180_000], begin)).toEqual([
      { ...seen, residentBytes: 4e8, lagP99Ms: 90, cpuShare: 0.5, liveRuns: 7, waitingCalls: 2, databaseBytes: 5e7 },
      null,
      seen,
    ]);
  });

  describe("hours", () => {
    const hour = Date.parse("2026-03-01T10:00:00Z");
    const hourMs = 3_600_000;
    const [one, other] = [newId(), newId()];
    /** A sample of a process so many minutes after ten. */
    const sample = (minutes: number, given: Partial<typeof usual> & { instanceId?: string } = {}) =>
      insertSample(database.db, { ...usual, instanceId: one, at: new Date(hour + minutes * 60_000), ...given });
    const hours = () => database.db.select().from(processSampleHours).orderBy(processSampleHours.at, processSampleHours.stat);

    beforeEach(async () => {
      await sample(1, { residentBytes: 100, cpuShare: 0.2, liveRuns: 1 });
      await sample(30, { residentBytes: 900, cpuShare: 0.4, liveRuns: 5 });
      await sample(59, { residentBytes: 200, cpuShare: 0.9, liveRuns: 3 });
      await sample(40, { instanceId: other, residentBytes: 50, liveRuns: 2 });
      await sample(70, { residentBytes: 1_000, cpuShare: 0.1, liveRuns: 0 });
    });

    test("are the least, the mean and the most of their samples, once they are over, however often they are added up", async () => {
      for (let count = 0; count < 3; count += 1) await rollUpSamples(database.db, new Date(hour + 1.5 * hourMs));
      const ofOne = (await hours()).filter(({ instanceId }) => instanceId === one);
      expect(ofOne.map(({ stat, samples, residentBytes, liveRuns }) => [stat, samples, residentBytes, liveRuns])).toEqual([
        ["avg", 3, 400, 3],
        ["max", 3, 900, 5],
        ["min", 3, 100, 1],
      ]);
      expect(ofOne[0]?.cpuShare).toBeCloseTo(0.5);
      expect(await hours()).toHaveLength(6);
      // One that was stored late, and the next hour.
      await sample(58, { residentBytes: 2_000 });
      await rollUpSamples(database.db, new Date(hour + 2 * hourMs));
      const most = (await hours()).filter(({ stat, instanceId }) => stat === "max" && instanceId === one);
      expect(most.map(({ at, residentBytes }) => [at.getTime(), residentBytes])).toEqual([
        [hour, 2_000],
        [hour + hourMs, 1_000],
      ]);
    });

    test("are what a chart of a long range, and one of long ago, shows when the samples are gone", async () => {
      const now = hour + 2.5 * hourMs;
      await rollUpSamples(database.db, new Date(hour + 1.5 * hourMs));
      const day = [hour - 10 * hourMs, hour + 2 * hourMs, hour + 26 * hourMs];
      // An hour that was added up, and of the next a sample that was not yet.
      const whole = { residentBytes: 1_000, leastResidentBytes: 100, liveRuns: 7, cpuShare: (0.2 + 0.4 + 0.9 + 0.1) / 4 };
      const shown = (await processHistory(day, now))[0];
      expect(shown).toMatchObject({ ...whole, cpuShare: expect.closeTo(whole.cpuShare) });
      await rollUpSamples(database.db, new Date(hour + 2 * hourMs));
      await deleteSamples(database.db, { samples: new Date(hour + 3 * hourMs), hours: new Date(hour) });
      expect(await processHistory(day, now)).toEqual([shown, null]);

      const quarters = Array.from({ length: 13 }, (_, index) => hour - hourMs + index * 900_000);
      const later = hour + 30 * 24 * hourMs;
      expect((await processHistory(quarters, later)).map((moment) => moment?.residentBytes ?? null)).toEqual([
        ...[null, null, null, null],
        ...[900, 900, 900, 900],
        ...[1_000, 1_000, 1_000, 1_000],
      ]);
      await deleteSamples(database.db, { samples: new Date(hour), hours: new Date(hour + hourMs) });
      expect((await hours()).map(({ at }) => at.getTime())).toEqual([hour + hourMs, hour + hourMs, hour + hourMs]);
    });
  });
});
