import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { freshDatabase } from "@/tests/support/database";

let database: Database;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

test("votes on decisions are found without reading every message", async () => {
  const plan = await database.db.transaction(async (tx) => {
    // An empty table is read faster as a whole.
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(sql`explain select count(*) from messages where route is not null and feedback is not null`);
  });
  expect(JSON.stringify(plan)).toContain("messages_votes_idx");
});
