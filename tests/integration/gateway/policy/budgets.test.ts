import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { insertGroup } from "@/db/queries/groups";
import { budgetReservations, budgetSpending, budgets } from "@/db/schema/gateway";
import { newId } from "@/lib/core/ids";
import { databaseKinds } from "@/tests/support/database";
import { aBudget, admit, aRecord, pricedModel, theModel } from "@/tests/support/policy";
import { end, outcomes, refusal, times, withPolicyDatabase } from "@/tests/support/policy-database";

describe.each(databaseKinds)("budgets on %s", (kind) => {
  const on = withPolicyDatabase(kind);

  test("of 50 calls at once a hard budget lets through what it can pay at worst, and is never overspent", async () => {
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.105 });
    const { admitted, refusals } = await outcomes(times(50).map(() => admit(on.user)));
    expect([admitted.length, refusals.length]).toEqual([10, 40]);
    expect(refusals[0]?.message).toMatch(/your budget for today.*full again at \d{4}-\d\d-\d\dT00:00:00\.000Z/);
    await end(admitted);
    expect((await on.spending())?.spentUsd).toBeCloseTo(0.1, 9);
    expect(await on.database.db.select().from(budgetReservations)).toEqual([]);
    expect((await outcomes(times(50).map(() => admit(on.user)))).admitted).toEqual([]);
    expect((await outcomes([admit(on.other)])).admitted).toHaveLength(1);
  });

  test("50 calls at once overspend by no more than one when each takes more than its worst case was taken for", async () => {
    await aBudget({ subjectKind: "everyone", limitTokens: 10_000 });
    let spent = 0;
    await Promise.all(
      times(50).map(async (index) => {
        const admission = await admit(index % 2 ? on.user : on.other).catch(() => null);
        if (!admission) return;
        spent += 1_600;
        await end([admission], aRecord({ inputTokens: 1_000, outputTokens: 600 }));
      }),
    );
    expect(spent).toBeGreaterThan(8_000);
    expect((await on.spending())?.spentTokens).toBe(spent);
    expect(spent).toBeLessThanOrEqual(10_000 + 1_600);
  });

  test("what a call asks for is reserved in full, also of a model whose context nobody knows", async () => {
    await aBudget({ subjectKind: "user", subjectId: on.user, limitTokens: 15_000 });
    const size = { inputTokens: () => 1_000, maxOutputTokens: 20_000 };
    expect(await refusal(admit(on.user, { model: "vllm/unheard-of", size }))).toMatchObject({ code: "budget_exceeded" });
    expect(await refusal(admit(on.user, { model: "vllm/unheard-of", size: { ...size, maxOutputTokens: 14_000 } }))).toBeUndefined();
  });

  test("a call counts in the budgets of its user, groups, key and model, and the tightest decides", async () => {
    const group = await insertGroup(on.database.db, { id: newId(), name: "Research", members: [on.user, on.other] });
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 1 });
    await aBudget({ subjectKind: "group", subjectId: group.id, period: "month", limitUsd: 0.025 });
    await aBudget({ subjectKind: "model", subjectId: pricedModel, limitUsd: 10 });
    const { admitted } = await outcomes([admit(on.user), admit(on.other)]);
    await end(admitted);
    const refused = await refusal(admit(on.other));
    expect(refused?.message).toMatch(/the budget of the group Research for this month/);
    const rows = await on.database.db.select().from(budgetSpending);
    expect(rows.map((row) => row.spentUsd.toFixed(2)).sort()).toEqual(["0.01", "0.02", "0.02"]);
  });

  test("a model that costs nothing still answers when the money is gone", async () => {
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.01 });
    await end([await admit(on.user)]);
    expect(await refusal(admit(on.user))).toMatchObject({ code: "budget_exceeded" });
    expect(await refusal(admit(on.user, { model: "ollama/small:latest" }))).toBeUndefined();
  });

  test("an answer from the cache takes nothing of a budget", async () => {
    await aBudget({ subjectKind: "user", subjectId: on.user, limitTokens: 2_000 });
    await end([await admit(on.user)], aRecord({ cache: "hit", costUsd: 0 }));
    expect((await on.spending())?.spentTokens).toBe(0);
  });

  test("a soft budget never refuses: it warns from 80 % on, and says when all is used", async () => {
    await aBudget({ subjectKind: "user", subjectId: on.user, period: "month", limitUsd: 0.02, hard: false });
    const warnings = [];
    for (const usd of [0.017, 0.01, 0.01]) {
      const admission = await admit(on.user);
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
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.01 });
    await admit(on.user);
    expect(await refusal(admit(on.user))).toMatchObject({ code: "budget_exceeded" });
    await on.database.db.update(budgetReservations).set({ expiresAt: new Date(Date.now() - 1_000) });
    expect(await refusal(admit(on.user))).toBeUndefined();
  });

  test("a budget that another instance deleted stops nobody", async () => {
    const budget = await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 0.001 });
    await on.database.db.delete(budgets).where(eq(budgets.id, budget.id));
    expect(await refusal(admit(on.user))).toBeUndefined();
  });

  test("the price that an admin set is what a budget reserves, also a price an hour", async () => {
    await theModel("ollama/own:latest", { usdPerHour: 4 });
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd: 1.5 });
    // A reply may take 15 minutes, which is a dollar.
    expect((await outcomes(times(3).map(() => admit(on.user, { model: "ollama/own" })))).admitted).toHaveLength(1);
  });
});
