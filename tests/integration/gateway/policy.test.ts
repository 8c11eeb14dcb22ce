import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { insertGroup } from "@/db/queries/groups";
import { groups } from "@/db/schema/accounts";
import { budgetReservations, budgetSpending, budgets, callLeases, limits, modelSettings } from "@/db/schema/gateway";
import type { RateLimitedError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Admission } from "@/lib/gateway/policy/admit-call";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { aUser } from "../../support/chat";
import { databaseKinds, freshDatabase } from "../../support/database";
import { aBudget, admit, aLimit, aRecord, forgetPolicy, pricedModel, theModel } from "../../support/policy";

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** How calls that were asked for at once came out. */
async function outcomes(calls: Promise<Admission>[]) {
  const settled = await Promise.allSettled(calls);
  const admitted = settled.flatMap((call) => (call.status === "fulfilled" ? [call.value] : []));
  const refusals = settled.flatMap((call) => (call.status === "rejected" ? [call.reason as Error & { code: string }] : []));
  return { admitted, refusals };
}

async function end(admitted: Admission[], record = aRecord()): Promise<void> {
  for (const admission of admitted) admission.settle(record);
  await flushSettlements();
}

describe.each(databaseKinds)("policy on %s", (kind) => {
  let database: Database;
  let user: string;
  let other: string;

  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [limits, budgets, modelSettings, groups, callLeases]) await database.db.delete(table);
    forgetPolicy();
    [user, other] = [await aUser(), await aUser()];
  });

  const spending = async () => (await database.db.select().from(budgetSpending))[0];
  const refusal = async (call: Promise<Admission>) => {
    const { refusals } = await outcomes([call]);
    return refusals[0];
  };

  test("without limits and budgets a call is let through without a look into the database", async () => {
    await admit(user);
    const watched = new Proxy(database.db, {
      get(target, name) {
        throw new Error(`The database was asked: ${String(name)}, ${String(target)}`);
      },
    });
    setDatabase({ ...database, db: watched });
    try {
      expect(await admit(user)).toMatchObject({ headers: {}, warnings: [] });
    } finally {
      setDatabase(database);
    }
  });

  test("of requests at once as many pass as the limit allows, and the others are told how it stands and when to come back", async () => {
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 5 });
    const { admitted, refusals } = await outcomes(times(12).map(() => admit(user)));
    expect([admitted.length, refusals.length]).toEqual([5, 7]);
    for (const error of refusals as RateLimitedError[]) {
      expect(error).toMatchObject({ code: "rate_limited", status: 429 });
      expect(error.retryAfterS).toBeGreaterThan(50);
      expect(error.headers).toMatchObject({ "ratelimit-limit": "5", "ratelimit-remaining": "0" });
    }
    expect(admitted.map(({ headers }) => Number(headers["ratelimit-remaining"])).sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test("the limit for everyone holds for each user by themselves, one for a model for all together", async () => {
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 1 });
    expect((await outcomes([admit(user), admit(other)])).refusals).toEqual([]);
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 100 });
    await aLimit({ subjectKind: "model", subjectId: "ollama/small:latest", requestsPerMinute: 1 });
    expect(await refusal(admit(user, { model: "ollama/small" }))).toBeUndefined();
    expect(await refusal(admit(other, { model: "ollama/small:latest" }))).toMatchObject({ code: "rate_limited" });
    expect(await refusal(admit(other, { model: "ollama/other" }))).toBeUndefined();
  });

  test("limits of a user, a key and a group hold for them and for nobody else", async () => {
    const key = { id: newId(), scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };
    const group = await insertGroup(database.db, { id: newId(), name: "Research", members: [user] });
    await aLimit({ subjectKind: "user", subjectId: other, requestsPerMinute: 1 });
    await aLimit({ subjectKind: "key", subjectId: key.id, requestsPerMinute: 2 });
    await aLimit({ subjectKind: "group", subjectId: group.id, requestsPerMinute: 3 });
    expect((await outcomes(times(3).map(() => admit(user)))).refusals).toEqual([]);
    expect(await refusal(admit(user))).toMatchObject({ code: "rate_limited" });
    expect(await refusal(admit(other))).toBeUndefined();
    expect(await refusal(admit(other))).toMatchObject({ code: "rate_limited" });
    const third = await aUser();
    expect((await outcomes(times(4).map(() => admit(third)))).refusals).toEqual([]);
    expect((await outcomes(times(3).map(() => admit(third, { context: { key } })))).refusals).toHaveLength(1);
  });

  test("a key that was made a moment ago is held to its own limit from its first call on", async () => {
    await admit(user);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const key = { id: newId(), scopes: [], models: null, upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };
    await database.db.insert(limits).values({ id: newId(), subjectKind: "key", subjectId: key.id, requestsPerMinute: 1 });
    expect(await refusal(admit(user, { context: { key } }))).toBeUndefined();
    expect(await refusal(admit(user, { context: { key } }))).toMatchObject({ code: "rate_limited" });
  });

  test("tokens are reserved at their worst and put right by what the call took", async () => {
    await aLimit({ subjectKind: "user", subjectId: user, tokensPerMinute: 4_000 });
    const { admitted, refusals } = await outcomes(times(4).map(() => admit(user)));
    expect([admitted.length, refusals.length]).toEqual([2, 2]);
    await end(admitted, aRecord({ inputTokens: 100, outputTokens: 100 }));
    const more = await outcomes(times(4).map(() => admit(user)));
    expect(more.admitted).toHaveLength(2);
    await end(more.admitted, aRecord({ inputTokens: 2_000, outputTokens: 500 }));
    expect(await refusal(admit(user, { size: { inputTokens: 1, maxOutputTokens: 1 } }))).toMatchObject({ code: "rate_limited" });
  });

  test("a call larger than the whole limit of tokens passes when the minute is fresh, and only then", async () => {
    await aLimit({ subjectKind: "user", subjectId: user, tokensPerMinute: 1_000 });
    expect(await refusal(admit(user))).toBeUndefined();
    expect(await refusal(admit(user))).toMatchObject({ code: "rate_limited" });
  });

  test("calls at once are as many as the limit allows, and one that ended makes room", async () => {
    await aLimit({ subjectKind: "user", subjectId: user, parallel: 3 });
    const { admitted, refusals } = await outcomes(times(10).map(() => admit(user)));
    expect([admitted.length, refusals.length]).toEqual([3, 7]);
    expect(await refusal(admit(other))).toBeUndefined();
    await end(admitted.slice(0, 1));
    expect((await outcomes([admit(user), admit(user)])).admitted).toHaveLength(1);
  });

  test.runIf(kind === "server")("a place that a dead process held is free again when its time is over", async () => {
    await aLimit({ subjectKind: "user", subjectId: user, parallel: 1 });
    await admit(user);
    expect(await refusal(admit(user))).toMatchObject({ code: "rate_limited" });
    await database.db.update(callLeases).set({ expiresAt: new Date(Date.now() - 1_000) });
    expect(await refusal(admit(user))).toBeUndefined();
  });

  test("what a later stage refuses is given back to the earlier ones", async () => {
    await aLimit({ subjectKind: "user", subjectId: user, parallel: 1, requestsPerMinute: 2, tokensPerMinute: 3_000 });
    const budget = await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.001 });
    for (const _ of times(5)) expect(await refusal(admit(user))).toMatchObject({ code: "budget_exceeded", status: 402 });
    await aBudget({ ...budget, limitUsd: 1 });
    const admission = await admit(user);
    expect(admission.headers["ratelimit-remaining"]).toBe("1");
  });

  test("of 50 calls at once a hard budget lets through what it can pay at worst, and is never overspent", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.105 });
    const { admitted, refusals } = await outcomes(times(50).map(() => admit(user)));
    expect([admitted.length, refusals.length]).toEqual([10, 40]);
    expect(refusals[0]?.message).toMatch(/your budget for today.*full again at \d{4}-\d\d-\d\dT00:00:00\.000Z/);
    await end(admitted);
    expect((await spending())?.spentUsd).toBeCloseTo(0.1, 9);
    expect(await database.db.select().from(budgetReservations)).toEqual([]);
    expect((await outcomes(times(50).map(() => admit(user)))).admitted).toEqual([]);
    expect((await outcomes([admit(other)])).admitted).toHaveLength(1);
  });

  test("50 calls at once overspend by no more than one when each takes more than its worst case was taken for", async () => {
    await aBudget({ subjectKind: "everyone", limitTokens: 10_000 });
    let spent = 0;
    await Promise.all(
      times(50).map(async (index) => {
        const admission = await admit(index % 2 ? user : other).catch(() => null);
        if (!admission) return;
        spent += 1_600;
        await end([admission], aRecord({ inputTokens: 1_000, outputTokens: 600 }));
      }),
    );
    expect(spent).toBeGreaterThan(8_000);
    expect((await spending())?.spentTokens).toBe(spent);
    expect(spent).toBeLessThanOrEqual(10_000 + 1_600);
  });

  test("a call counts in the budgets of its user, groups, key and model, and the tightest decides", async () => {
    const group = await insertGroup(database.db, { id: newId(), name: "Research", members: [user, other] });
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    await aBudget({ subjectKind: "group", subjectId: group.id, period: "month", limitUsd: 0.025 });
    await aBudget({ subjectKind: "model", subjectId: pricedModel, limitUsd: 10 });
    const { admitted } = await outcomes([admit(user), admit(other)]);
    await end(admitted);
    const refused = await refusal(admit(other));
    expect(refused?.message).toMatch(/the budget of the group Research for this month/);
    const rows = await database.db.select().from(budgetSpending);
    expect(rows.map((row) => row.spentUsd.toFixed(2)).sort()).toEqual(["0.01", "0.02", "0.02"]);
  });

  test("a model that costs nothing still answers when the money is gone", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.01 });
    await end([await admit(user)]);
    expect(await refusal(admit(user))).toMatchObject({ code: "budget_exceeded" });
    expect(await refusal(admit(user, { model: "ollama/small:latest" }))).toBeUndefined();
  });

  test("an answer from the cache takes nothing of a budget", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitTokens: 2_000 });
    await end([await admit(user)], aRecord({ cache: "hit", costUsd: 0 }));
    expect((await spending())?.spentTokens).toBe(0);
  });

  test("a soft budget never refuses: it warns from 80 % on, and says when all is used", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, period: "month", limitUsd: 0.02, hard: false });
    const warnings = [];
    for (const usd of [0.017, 0.01, 0.01]) {
      const admission = await admit(user);
      warnings.push(admission.warnings);
      await end([admission], aRecord({ costUsd: usd }));
    }
    expect(warnings).toEqual([
      [],
      ["More than 80 % of your budget for this month is used."],
      ["All of your budget for this month is used."],
    ]);
  });

  test("what a dead process had reserved is free again when its time is over", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.01 });
    await admit(user);
    expect(await refusal(admit(user))).toMatchObject({ code: "budget_exceeded" });
    await database.db.update(budgetReservations).set({ expiresAt: new Date(Date.now() - 1_000) });
    expect(await refusal(admit(user))).toBeUndefined();
  });

  test("a budget that another instance deleted stops nobody", async () => {
    const budget = await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.001 });
    await database.db.delete(budgets).where(eq(budgets.id, budget.id));
    expect(await refusal(admit(user))).toBeUndefined();
  });

  test("the price that an admin set is what a budget reserves, also a price an hour", async () => {
    await theModel("ollama/own:latest", { usdPerHour: 4 });
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1.5 });
    // A reply may take 15 minutes, which is a dollar.
    expect((await outcomes(times(3).map(() => admit(user, { model: "ollama/own" })))).admitted).toHaveLength(1);
  });

  test("a model for admins only is to others as if it did not exist", async () => {
    await theModel("ollama/secret:latest", { visibleTo: "admins" });
    const admin = await aUser("admin");
    for (const model of ["ollama/secret", "ollama/secret:latest"]) {
      expect(await refusal(admit(user, { model }))).toMatchObject({ code: "model_unavailable", reason: "no_model" });
      expect(await refusal(admit(admin, { model }))).toBeUndefined();
    }
  });

  test("a key is held to the models it names", async () => {
    const grant = { scopes: [], upstreams: null, cache: "off" as const, similarity: null, sharesCache: false };
    const key = { ...grant, id: newId(), models: ["openai/*"] };
    expect(await refusal(admit(user, { context: { key } }))).toBeUndefined();
    expect(await refusal(admit(user, { model: "ollama/small", context: { key } }))).toMatchObject({ code: "forbidden", status: 403 });
  });

  test("a title is not held up by a limit of a minute, and costs its budget all the same", async () => {
    await aLimit({ subjectKind: "everyone", requestsPerMinute: 1 });
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 0.02 });
    const titles = await outcomes(times(3).map(() => admit(user, { context: { purpose: "title" } })));
    expect([titles.admitted.length, titles.refusals[0]?.code]).toEqual([2, "budget_exceeded"]);
  });

  test("a call that is settled twice counts once", async () => {
    await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    const admission = await admit(user);
    await end([admission, admission]);
    expect((await spending())?.spentUsd).toBeCloseTo(0.01, 9);
  });

  test("a changed limit holds with the next call, in a minute that has begun", async () => {
    await aLimit({ subjectKind: "user", subjectId: user, requestsPerMinute: 1 });
    expect((await outcomes([admit(user), admit(user)])).admitted).toHaveLength(1);
    await aLimit({ subjectKind: "user", subjectId: user, requestsPerMinute: 3 });
    expect((await outcomes(times(3).map(() => admit(user)))).admitted).toHaveLength(2);
  });
});
