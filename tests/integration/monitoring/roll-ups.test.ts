import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { deleteOldCalls, rollUpCalls } from "@/db/queries/call-rollups";
import { binMs } from "@/db/queries/call-sums";
import { type CallRow, insertCalls } from "@/db/queries/calls";
import { rollUpUsage } from "@/db/queries/usage";
import { callRollups } from "@/db/schema/call-rollups";
import { calls, usageDaily } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { withEnvironment } from "../../support/accounts";
import { databaseKinds, freshDatabase } from "../../support/database";
import { aCall as callAt } from "../../support/known-calls";

const begin = Date.parse("2026-03-10T10:07:30Z");

describe.each(databaseKinds)("roll-ups of calls on %s", (kind) => {
  let database: Database;
  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent" });
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(calls);
    await database.db.delete(callRollups);
    await database.db.delete(usageDaily);
  });

  const aCall = ({ startedAt = new Date(begin), ...given }: Partial<Parameters<typeof callAt>[0]> = {}) => callAt({ startedAt, ...given });
  const add = (...rows: (typeof calls.$inferInsert)[]) => database.db.insert(calls).values(rows);
  const rollups = (scope: "all" | "person" = "all") =>
    database.db
      .select()
      .from(callRollups)
      .where(eq(callRollups.scope, scope))
      .orderBy(callRollups.grain, callRollups.beginsAt, callRollups.outcome);
  const all = async () => {
    let sum = 0;
    for (let taken = await rollUpCalls(database.db); taken.calls > 0; taken = await rollUpCalls(database.db)) sum += taken.calls;
    return sum;
  };

  test("a call is in the sums of its minute, its quarter of an hour and its hour", async () => {
    await add(aCall(), aCall({ startedAt: new Date(begin + 10_000), firstTokenMs: 200 }));
    expect(await all()).toBe(2);
    const rows = await rollups();
    expect(rows.map(({ grain, beginsAt, calls: count }) => [grain, beginsAt.toISOString(), count])).toEqual([
      ["hour", "2026-03-10T10:00:00.000Z", 2],
      ["minute", "2026-03-10T10:07:00.000Z", 2],
      ["quarter", "2026-03-10T10:00:00.000Z", 2],
    ]);
    for (const row of rows) {
      expect(row).toMatchObject({
        inputTokens: 2_000,
        outputTokens: 1_000,
        costUsd: 0.5,
        writtenTokens: 1_000,
        writingMs: 1_900,
        firstTokenCounts: [1, 1],
      });
      expect(row.firstTokenBins.map(binMs).map((ms) => Math.round(ms / 10) * 10)).toEqual([100, 200]);
    }
  });

  test("several processes at once and again count each call once", async () => {
    await add(...Array.from({ length: 2_500 }, (_, index) => aCall({ startedAt: new Date(begin + index) })));
    await Promise.all([all(), all(), all()]);
    expect(await all()).toBe(0);
    for (const { grain, beginsAt } of await rollups()) {
      const [row] = (await rollups()).filter((other) => other.grain === grain && +other.beginsAt === +beginsAt);
      expect(row).toMatchObject({ calls: 2_500, firstTokenCounts: [2_500], totalCounts: [2_500] });
    }
  });

  /** As the gateway stores a call: every field is told. */
  const whole = (given: Parameters<typeof aCall>[0]) =>
    ({
      ...{
        ownerId: null,
        keyId: null,
        reasoningTokens: 0,
        cachedTokens: 0,
        queuedMs: 0,
        attempts: 1,
        cache: "off",
        tokensEstimated: false,
      },
      ...aCall(given),
    }) as CallRow;

  test("calls that processes store at once are each in the sums as soon as they are stored", async () => {
    const models = ["openai/a", "openai/b", "openai/c", "openai/d"];
    const batch = (round: number) =>
      // Each writer meets the models in another order.
      Array.from({ length: 40 }, (_, index) =>
        whole({ model: models[(index + round) % 4], startedAt: new Date(begin + 20_000 * (index % 7)) }),
      );
    await Promise.all(Array.from({ length: 24 }, (_, round) => insertCalls(database.db, batch(round))));
    expect(await all(), "none is left for the loop").toBe(0);
    const rows = await rollups();
    expect(new Set(rows.map(({ model }) => model)).size).toBe(4);
    for (const grain of ["minute", "quarter", "hour"]) {
      const ofGrain = rows.filter((row) => row.grain === grain);
      expect(ofGrain.reduce((sum, row) => sum + row.calls, 0)).toBe(960);
      expect(ofGrain.flatMap((row) => row.firstTokenCounts).reduce((sum, held) => sum + held, 0)).toBe(960);
    }
  });

  test("a call that cannot be stored is not in the sums either, nor are those that came with it", async () => {
    await expect(insertCalls(database.db, [whole({}), whole({ ownerId: newId() })])).rejects.toThrow();
    expect(await database.db.$count(calls)).toBe(0);
    expect(await database.db.$count(callRollups)).toBe(0);
  });

  test("a call that is stored late is counted in the time it began in, its latency beside the others'", async () => {
    await add(aCall({ firstTokenMs: 100 }), aCall({ firstTokenMs: 400 }));
    await all();
    await add(aCall({ startedAt: new Date(begin + 3_600_000) }));
    await all();
    await add(aCall({ firstTokenMs: 400 }), aCall({ firstTokenMs: 50 }));
    await all();
    const [first] = (await rollups()).filter(({ grain }) => grain === "minute");
    expect(first?.calls).toBe(4);
    expect(first?.firstTokenBins.map((bin, at) => [Math.round(binMs(bin) / 10) * 10, first.firstTokenCounts[at]])).toEqual([
      [50, 1],
      [100, 1],
      [400, 2],
    ]);
  });

  test("failures have rows of their own by kind, without a total; a call without a first token has no time to it", async () => {
    await add(
      aCall(),
      aCall({ outcome: "failed", reason: "timed_out", firstTokenAt: null }),
      aCall({ outcome: "failed", reason: "host_refused", firstTokenAt: null }),
    );
    await all();
    const minutes = (await rollups()).filter(({ grain }) => grain === "minute");
    expect(
      minutes
        .map(({ outcome, reason, totalBins, firstTokenBins }) => [outcome, reason, totalBins.length, firstTokenBins.length])
        .toSorted(),
    ).toEqual([
      ["complete", "", 1, 1],
      ["failed", "host_refused", 0, 0],
      ["failed", "timed_out", 0, 0],
    ]);
  });

  test("every value from a millisecond to an hour is told within two per cent", async () => {
    const values = Array.from({ length: 60 }, (_, index) => Math.round(1.29 ** index)).filter((ms) => ms <= 3_600_000);
    await add(...values.map((ms, index) => aCall({ firstTokenMs: ms, totalMs: ms, startedAt: new Date(begin + index * 60_000) })));
    await all();
    const told = (await rollups()).filter(({ grain }) => grain === "minute").map(({ firstTokenBins: [bin] }) => binMs(bin ?? -1));
    expect(told).toHaveLength(values.length);
    for (const [index, ms] of values.entries()) expect(Math.abs((told[index] ?? 0) - ms) / ms).toBeLessThanOrEqual(0.0201);
  });

  test("old calls are removed once they were added up everywhere, and the sums stay", async () => {
    const before = new Date(begin + 86_400_000);
    await add(aCall(), aCall({ startedAt: new Date() }));
    await all();
    expect(await deleteOldCalls(database.db, before), "not yet added up by day").toBe(0);
    await rollUpUsage(database.db);
    await add(aCall());
    expect(await deleteOldCalls(database.db, before)).toBe(1);
    expect(await deleteOldCalls(database.db, before), "the one that is not yet rolled up").toBe(0);
    expect(await database.db.$count(calls)).toBe(2);
    const sums = await database.db.select().from(usageDaily).orderBy(usageDaily.day);
    await rollUpUsage(database.db);
    expect(await database.db.select().from(usageDaily).orderBy(usageDaily.day)).toEqual(sums);
    expect((await rollups()).filter(({ grain }) => grain === "hour").map((row) => row.calls)).toEqual([1, 1]);
  });
});
