import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, setDatabase } from "@/db/database";
import { openServer } from "@/db/open-server";
import { deleteExpiredHolds } from "@/db/queries/budgets";
import { budgetReservations, budgetSpending } from "@/db/schema/gateway";
import { flushSettlements, settleAll } from "@/lib/gateway/policy/settlements";
import { aUser, until } from "@/tests/support/chat";
import { databaseKinds } from "@/tests/support/database";
import { aBudget, admit, aLimit, aRecord, forgetPolicy } from "@/tests/support/policy";
import { end, refusal, withPolicyDatabase } from "@/tests/support/policy-database";
import { type PostgresProxy, postgresProxy } from "@/tests/support/postgres-proxy";
import { emptyServerDatabase } from "@/tests/support/test-server-database";

const dayMs = 24 * 60 * 60 * 1_000;

describe.each(databaseKinds)("calls that end while the %s database is away", (kind) => {
  const on = withPolicyDatabase(kind);
  const reservations = () => on.database.db.select().from(budgetReservations);

  /** Ends a call of one cent, tries to settle it twice without a database, and leaves it waiting. */
  async function endWithoutDatabase({ limitUsd = 0.015 } = {}) {
    await aBudget({ subjectKind: "user", subjectId: on.user, limitUsd });
    const admission = await admit(on.user);
    const gone = () => Promise.reject(new Error("gone"));
    setDatabase({
      ...on.database,
      db: Object.assign(Object.create(on.database.db), { transaction: gone, delete: () => ({ where: gone }) }),
    });
    await end([admission]);
    setDatabase(on.database);
  }

  test("are settled when it is back, and counted once", async () => {
    await endWithoutDatabase();
    expect((await on.spending())?.spentUsd).toBe(0);
    await flushSettlements();
    await flushSettlements();
    expect((await on.spending())?.spentUsd).toBeCloseTo(0.01, 9);
    expect(await reservations()).toEqual([]);
    expect(await refusal(admit(on.user))).toMatchObject({ code: "budget_exceeded" });
  });

  test("have their places free when it is back", async () => {
    await aLimit({ subjectKind: "user", subjectId: on.user, parallel: 1 });
    await endWithoutDatabase({ limitUsd: 1 });
    await flushSettlements();
    expect(await refusal(admit(on.user))).toBeUndefined();
  });

  test("are counted also when what they had reserved has expired meanwhile, for a day", async () => {
    await endWithoutDatabase();
    await on.database.db.update(budgetReservations).set({ expiresAt: new Date(Date.now() - dayMs + 60_000) });
    await deleteExpiredHolds(on.database.db);
    await flushSettlements();
    expect((await on.spending())?.spentUsd).toBeCloseTo(0.01, 9);
    await admit(on.user, { model: "ollama/free" });
    await on.database.db.update(budgetReservations).set({ expiresAt: new Date(Date.now() - dayMs - 60_000) });
    await deleteExpiredHolds(on.database.db);
    expect(await reservations()).toEqual([]);
  });
});

test("what the database will never take is not tried again", async () => {
  let tries = 0;
  const settle = async () => {
    tries += 1;
    throw Object.assign(new Error("no such row"), { code: "23503" });
  };
  await settleAll([{ settle }], null);
  await flushSettlements();
  expect(tries).toBe(1);
});

test("the newest 10,000 wait, and one that goes on failing does not hold up the others for good", async () => {
  const tries: number[] = [];
  const holds = Array.from({ length: 10_001 }, (_, index) => ({
    async settle() {
      tries[index] = (tries[index] ?? 0) + 1;
      if (tries[index] === 1 || (index === 1 && tries[index] === 2)) throw new Error("gone");
    },
  }));
  await settleAll(holds, null);
  await flushSettlements();
  expect([tries[0], tries[1], tries[2]]).toEqual([1, 2, 1]);
  await flushSettlements();
  expect([tries[0], tries[1], tries[2], tries.at(-1)]).toEqual([1, 3, 2, 2]);
});

describe.skipIf(!process.env.TEST_DATABASE_URL)("a Postgres whose connections are lost", () => {
  let empty: Awaited<ReturnType<typeof emptyServerDatabase>>;
  let proxy: PostgresProxy;
  let database: Database;
  beforeAll(async () => {
    empty = await emptyServerDatabase();
    proxy = await postgresProxy(empty.url);
    database = await openServer(proxy.url);
    setDatabase(database);
    forgetPolicy();
  });
  afterAll(async () => {
    await database?.close();
    await proxy?.close();
    await empty?.drop();
  });

  const spentUsd = async (budgetId: string) =>
    (await database.db.select().from(budgetSpending)).find((row) => row.budgetId === budgetId)?.spentUsd;

  test("right after it stored a settlement has the call counted once", async () => {
    const user = await aUser();
    const budget = await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    const admission = await admit(user);
    const lost = proxy.loseNextAnswer("COMMIT");
    await Promise.all([lost, end([admission])]);
    await flushSettlements();
    expect(await spentUsd(budget.id)).toBeCloseTo(0.01, 9);
  });

  test("while a call is settled has it settled by itself, soon after it is back", async () => {
    const user = await aUser();
    const budget = await aBudget({ subjectKind: "user", subjectId: user, limitUsd: 1 });
    const admission = await admit(user);
    const lost = proxy.loseNextAnswer("BEGIN");
    admission.settle(aRecord({ costUsd: 0.02 }));
    await lost;
    await until(async () => (await spentUsd(budget.id)) === 0.02);
  });
});
