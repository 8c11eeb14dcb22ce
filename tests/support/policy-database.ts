import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Database } from "@/db/database";
import { groups } from "@/db/schema/accounts";
import { budgetSpending, budgets, callLeases, limits, modelSettings } from "@/db/schema/gateway";
import type { Admission } from "@/lib/gateway/policy/admit-call";
import { flushSettlements } from "@/lib/gateway/policy/settlements";
import { aUser } from "./chat";
import { type databaseKinds, freshDatabase } from "./database";
import { aRecord, forgetPolicy } from "./policy";

export const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** How calls that were asked for at once came out. */
export async function outcomes(calls: Promise<Admission>[]) {
  const settled = await Promise.allSettled(calls);
  const admitted = settled.flatMap((call) => (call.status === "fulfilled" ? [call.value] : []));
  const refusals = settled.flatMap((call) => (call.status === "rejected" ? [call.reason as Error & { code: string }] : []));
  return { admitted, refusals };
}

/** What a call was refused with; undefined when it was let through. */
export async function refusal(call: Promise<Admission>) {
  const { refusals } = await outcomes([call]);
  return refusals[0];
}

/** Ends calls, each with this record. */
export async function end(admitted: Admission[], record = aRecord()): Promise<void> {
  for (const admission of admitted) admission.settle(record);
  await flushSettlements();
}

/** For each test: a database of the kind without limits, budgets and groups, and two users. */
export function withPolicyDatabase(kind: (typeof databaseKinds)[number]) {
  let database: Database;
  let users: [string, string];
  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    for (const table of [limits, budgets, modelSettings, groups, callLeases]) await database.db.delete(table);
    forgetPolicy();
    users = [await aUser(), await aUser()];
  });
  return {
    get database() {
      return database;
    },
    get user() {
      return users[0];
    },
    get other() {
      return users[1];
    },
    /** What is spent of the one budget. */
    spending: async () => (await database.db.select().from(budgetSpending))[0],
  };
}
