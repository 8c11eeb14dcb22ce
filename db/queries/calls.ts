import { and, gte, ne, sql } from "drizzle-orm";
import type { Db } from "../database";
import { calls } from "../schema/gateway";

/** Stores what calls to models took. */
export async function insertCalls(db: Db, rows: (typeof calls.$inferInsert)[]): Promise<void> {
  await db.insert(calls).values(rows);
}

/** How many calls of today (UTC) the cache answered and how many it did not, by model. Calls it had no part in are left out. */
export function listCacheUseToday(db: Db): Promise<{ model: string; hits: number; misses: number }[]> {
  return db
    .select({
      model: calls.model,
      hits: sql<number>`count(*) filter (where ${calls.cache} in ('hit', 'similar'))::int`,
      misses: sql<number>`count(*) filter (where ${calls.cache} = 'miss')::int`,
    })
    .from(calls)
    .where(and(gte(calls.startedAt, sql`date_trunc('day', now() at time zone 'UTC') at time zone 'UTC'`), ne(calls.cache, "off")))
    .groupBy(calls.model)
    .orderBy(calls.model);
}
