import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { rollUpCalls } from "@/db/queries/call-rollups";
import { apiKeys } from "@/db/schema/accounts";
import { callRollups } from "@/db/schema/call-rollups";
import { calls } from "@/db/schema/gateway";
import type { Session } from "@/lib/auth/contract";
import { newId } from "@/lib/core/ids";
import type { Caller } from "@/lib/http/caller";
import { type View, viewQuery } from "@/lib/monitoring/overview/contract";
import { getOverview } from "@/lib/monitoring/overview/get-overview";
import { listCalls } from "@/lib/monitoring/overview/list-calls";
import { usageYear } from "@/lib/monitoring/overview/usage-year";
import { forgetAttempts, registered, withEnvironment } from "../../support/accounts";
import { databaseKinds, freshDatabase } from "../../support/database";
import { aCall, aHundredCalls } from "../../support/known-calls";

const now = new Date("2026-04-02T10:07:30Z");
const near = (value: number) => expect.toSatisfy((told: number) => Math.abs(told - value) <= 0.021 * value, `within 2 % of ${value}`);
const callerOf = ({ user }: Session): Caller => ({
  userId: user.id,
  email: user.email,
  name: user.name,
  role: user.role as "user",
  via: "cookie",
  sessionId: newId(),
});

describe.each(databaseKinds)("the overview on %s", (kind) => {
  let database: Database;
  let admin: Caller;
  let user: Caller;

  beforeAll(async () => {
    withEnvironment({ LOG_LEVEL: "silent", HEARTH_SIGNUP: "open" });
    forgetAttempts();
    database = await freshDatabase(kind);
    [admin, user] = [callerOf(await registered()), callerOf(await registered())];
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.db.delete(calls);
    await database.db.delete(callRollups);
  });

  async function add(...rows: (typeof calls.$inferInsert)[]) {
    await database.db.insert(calls).values(rows);
    while ((await rollUpCalls(database.db)).calls > 0);
  }
  const given = (query: Partial<Record<keyof View, string>>, caller = admin, timeZone = "Europe/Berlin") => ({
    caller,
    view: viewQuery.parse(query),
    timeZone,
    now,
  });
  const overview = (...args: Parameters<typeof given>) => getOverview(given(...args));

  test.each(["1h", "24h", "7d", "30d"])(
    "the percentiles of known latencies are right over %s, and so are those of the period before",
    async (range) => {
      const lengths: Record<string, number> = { "1h": 3_600_000, "24h": 86_400_000, "7d": 7 * 86_400_000, "30d": 30 * 86_400_000 };
      await add(
        ...aHundredCalls(new Date("2026-04-02T09:40:30Z")),
        aCall({ startedAt: new Date(+new Date("2026-04-02T09:40:30Z") - (lengths[range] ?? 0)), firstTokenMs: 80, totalMs: 400 }),
      );
      const { now: seen, before } = await overview({ range });
      expect(seen).toMatchObject({
        calls: 100,
        failures: 0,
        firstToken: { p50: near(500), p95: near(950), p99: near(990) },
        total: { p50: near(1_500), p95: near(1_950), p99: near(1_990) },
        inputTokens: 100_000,
        outputTokens: 50_000,
        tokensPerSecond: 500,
        costUsd: 25,
      });
      expect(before).toMatchObject({ calls: 1, firstToken: { p50: near(80), p99: near(80) }, total: { p50: near(400) } });
    },
  );

  test.each(["1h", "24h", "7d", "30d"])(
    "each point of %s can be compared with the one in its place in the period before",
    async (range) => {
      const moment = +new Date("2026-04-02T09:40:30Z");
      // The clocks of Berlin went forward on 29 March: the same time of day is another distance away.
      const earlier = { "1h": 3_600_000, "24h": 86_400_000, "7d": 7 * 86_400_000, "30d": 30 * 86_400_000 - 3_600_000 }[range] ?? 0;
      const calledAt = [moment, moment - earlier, moment - earlier, moment - 2 * earlier - 86_400_000];
      await add(...calledAt.map((at) => aCall({ startedAt: new Date(at), firstTokenMs: 80 })));
      const { now: seen, before, points, pointsBefore } = await overview({ range, compare: "before", by: "model" });
      expect([seen.calls, before.calls, pointsBefore?.length]).toEqual([1, 2, points.length]);
      const [place] = points.flatMap(({ calls: count }, index) => (count > 0 ? [index] : []));
      expect(pointsBefore?.flatMap((point, index) => (point.calls > 0 ? [[index, point.calls, point.firstToken.p95]] : []))).toEqual([
        [place, 2, near(80)],
      ]);
      const plain = await overview({ range, by: "model" });
      expect(plain).toEqual({ ...(await overview({ range, compare: "before", by: "model" })), pointsBefore: null });
    },
  );

  test("days are the reader's own also when the clocks change", async () => {
    const moments = ["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-03-29T21:59:59Z", "2026-03-29T22:00:00Z"];
    await add(...moments.map((moment) => aCall({ startedAt: new Date(moment), ownerId: user.userId })));
    const days = async (timeZone: string) =>
      (await overview({ range: "30d" }, admin, timeZone)).points.flatMap(({ from, to, calls: count }) =>
        count > 0 ? [[from, to, count]] : [],
      );
    expect(await days("Europe/Berlin")).toEqual([
      ["2026-03-27T23:00:00.000Z", "2026-03-28T23:00:00.000Z", 1],
      ["2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z", 2],
      ["2026-03-29T22:00:00.000Z", "2026-03-30T22:00:00.000Z", 1],
    ]);
    expect((await days("UTC")).map(([, , count]) => count)).toEqual([2, 2]);
    expect((await days("Asia/Kolkata")).map(([, , count]) => count)).toEqual([2, 2]);
    const year = await usageYear({ ownerId: user.userId, timeZone: "Europe/Berlin", now });
    expect(year).toHaveLength(365);
    expect(year.at(-1)?.day).toBe("2026-04-02");
    expect(year.filter((day) => day.calls > 0).map((day) => [day.day, day.calls, day.tokens])).toEqual([
      ["2026-03-28", 1, 1_500],
      ["2026-03-29", 2, 3_000],
      ["2026-03-30", 1, 1_500],
    ]);
  });

  test("calls are told apart by model, user, key, purpose and host, and failures by kind", async () => {
    const key = { id: newId(), ownerId: user.userId, name: "script", tokenHash: newId(), hint: "abcd", scopes: [] };
    await database.db.insert(apiKeys).values(key);
    const startedAt = new Date("2026-04-02T10:00:00Z");
    await add(
      aCall({
        startedAt,
        ownerId: user.userId,
        keyId: key.id,
        purpose: "api",
        model: "ollama/small",
        upstream: "ollama",
        firstTokenMs: 300,
      }),
      aCall({ startedAt, ownerId: user.userId, model: "ollama/small", upstream: "ollama", firstTokenMs: 300 }),
      aCall({ startedAt, ownerId: admin.userId, outcome: "failed", reason: "timed_out", firstTokenAt: null }),
    );
    const rows = await database.db.select().from(callRollups).where(eq(callRollups.grain, "hour"));
    const peopleIn = (scope: string) => rows.filter((row) => row.scope === scope).map(({ ownerId, keyId }) => [ownerId, keyId]);
    expect(peopleIn("all")).toEqual([0, 1, 2].map(() => [null, null]));
    expect(new Set(peopleIn("person").map(String))).toEqual(new Set([`${user.userId},${key.id}`, `${user.userId},`, `${admin.userId},`]));
    const groups = async (by: string) =>
      (await overview({ by })).groups.map(({ label, calls: count, failures }) => [label, count, failures]);
    expect(await groups("model")).toEqual([
      ["ollama/small", 2, 0],
      ["openai/gpt-5.4", 1, 1],
    ]);
    expect(await groups("user")).toEqual([
      [user.email, 2, 0],
      [admin.email, 1, 1],
    ]);
    expect(await groups("key")).toEqual([
      ["Without a key", 2, 1],
      ["script", 1, 0],
    ]);
    expect(await groups("purpose")).toEqual([
      ["Chat", 2, 1],
      ["API", 1, 0],
    ]);
    expect(await groups("host")).toEqual([
      ["ollama", 2, 0],
      ["openai", 1, 1],
    ]);
    const byModel = await overview({ by: "model" });
    expect(byModel.reasons).toEqual([{ reason: "timed_out", calls: 1 }]);
    expect(byModel.groups[0]?.firstToken.p50).toEqual(near(300));
    expect(byModel.points.flatMap(({ byGroup }) => byGroup.map((group) => group.calls)).filter(Boolean)).toEqual([2, 1]);
    expect((await overview({ model: "ollama/small", key: key.id })).now.calls).toBe(1);
    expect((await overview({ user: user.userId })).now.calls).toBe(2);
    expect((await overview({ reason: "timed_out" })).now.calls).toBe(1);
  });

  test("with many groups the largest are shown and the others are one, and nothing is lost", async () => {
    const rows = Array.from({ length: 12 }, (_, index) =>
      Array.from({ length: index + 1 }, () => aCall({ startedAt: new Date("2026-04-02T10:00:00Z"), model: `m/${index}` })),
    );
    await add(...rows.flat());
    const { groups, now: seen, points } = await overview({ by: "model" });
    expect(groups.map(({ label, calls: count }) => [label, count]).slice(-2)).toEqual([
      ["m/6", 7],
      ["6 others", 21],
    ]);
    expect(seen.calls).toBe(78);
    expect(points.flatMap(({ byGroup }) => byGroup).reduce((all, group) => all + group.calls, 0)).toBe(78);
  });

  test("a user sees their own calls and nobody else's, whatever the link says", async () => {
    const startedAt = new Date("2026-04-02T10:00:00Z");
    await add(aCall({ startedAt, ownerId: user.userId }), aCall({ startedAt, ownerId: admin.userId }), aCall({ startedAt }));
    for (const query of [{}, { user: admin.userId }, { user: "" }]) {
      expect((await overview(query, user)).now.calls).toBe(1);
      expect((await listCalls(given(query, user))).items.map((call) => call.user)).toEqual([user.email]);
    }
    expect((await overview({}, admin)).now.calls).toBe(3);
    expect((await listCalls(given({ user: "" }))).items.map((call) => call.user)).toEqual([null]);
  });

  test("the calls behind a point are listed page by page, each once, the newest first", async () => {
    await add(...aHundredCalls(new Date("2026-04-02T10:00:00Z")), aCall({ startedAt: new Date("2026-04-02T09:59:59Z") }));
    const point = { from: "2026-04-02T10:00:00Z", to: "2026-04-02T10:02:00Z" };
    const first = await listCalls(given(point));
    const second = await listCalls(given({ ...point, cursor: first.nextCursor ?? "" }));
    const all = [...first.items, ...second.items];
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([50, 50, null]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(100);
    expect(all.map(({ startedAt }) => startedAt)).toEqual(
      all
        .map(({ startedAt }) => startedAt)
        .toSorted()
        .toReversed(),
    );
    expect(all.map(({ firstTokenMs }) => firstTokenMs ?? 0).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => 10 * (index + 1)),
    );
  });
});
