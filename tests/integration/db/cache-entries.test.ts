import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/database";
import { type NewCacheRow, saveCacheEntries } from "@/db/queries/cache-entries";
import { cacheEntries } from "@/db/schema/gateway";
import { until } from "@/tests/support/chat";
import { databaseKinds, freshDatabase } from "@/tests/support/database";

const row = (key: string): NewCacheRow => ({
  ...{ key, scope: "x", ownerId: null, model: "m", upstream: "o", parts: [], sizeBytes: 1 },
  ...{ question: null, contextHash: null, embedding: null, expiresAt: new Date(Date.now() + 60_000) },
});

describe.skipIf(!databaseKinds.includes("server"))("kept answers on a Postgres that several processes share", () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase("server");
  });
  afterAll(() => database.close());

  test("are stored in one order, so that two processes with the same ones do not block each other", async () => {
    const { db } = database;
    await saveCacheEntries(db, [row("a"), row("b")]);
    const isWaiting = async () => {
      const { rows } = await database.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
        [],
      );
      return rows.length > 0;
    };
    let storing: Promise<void> | undefined;
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from cache_entries where key = 'a' for update`);
      storing = saveCacheEntries(db, [row("b"), row("a")]);
      await until(isWaiting);
      await tx.execute(sql`update cache_entries set hits = 1 where key = 'b'`);
    });
    await storing;
    expect(await db.select({ key: cacheEntries.key }).from(cacheEntries).orderBy(cacheEntries.key)).toEqual([{ key: "a" }, { key: "b" }]);
  });
});
