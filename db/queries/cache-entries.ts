import { and, desc, eq, gt, gte, isNotNull, lte, or, sql } from "drizzle-orm";
import type { Db } from "../database";
import { cacheEntries } from "../schema/gateway";

export type CacheRow = typeof cacheEntries.$inferSelect;
export type NewCacheRow = Omit<CacheRow, "hits" | "createdAt" | "usedAt">;

/** Any number that only the sweep of kept answers uses as its advisory lock. */
const sweepLock = 4_711_200_304;

const isFresh = gt(cacheEntries.expiresAt, sql`now()`);

/** A kept answer of a scope that is not too old, or null. */
export async function findCacheEntry(db: Db, by: { key: string; scope: string }): Promise<CacheRow | null> {
  const [row] = await db
    .select()
    .from(cacheEntries)
    .where(and(eq(cacheEntries.key, by.key), eq(cacheEntries.scope, by.scope), isFresh));
  return row ?? null;
}

/** The vectors of questions that differ in nothing but themselves, the newest `limit`, from `since` on when it is given. */
export function listQuestions(db: Db, by: { scope: string; contextHash: string; since: Date | null; limit: number }) {
  const { key, question, embedding, createdAt } = cacheEntries;
  return db
    .select({ key, question, embedding, createdAt })
    .from(cacheEntries)
    .where(
      and(
        eq(cacheEntries.scope, by.scope),
        eq(cacheEntries.contextHash, by.contextHash),
        isNotNull(embedding),
        isFresh,
        by.since ? gte(createdAt, by.since) : undefined,
      ),
    )
    .orderBy(desc(createdAt), key)
    .limit(by.limit);
}

/** Keeps answers, each in place of the one under its key. No key may be given twice. */
export async function saveCacheEntries(db: Db, rows: NewCacheRow[]): Promise<void> {
  const given = (name: string) => sql.raw(`excluded.${name}`);
  await db
    .insert(cacheEntries)
    // In one order, so that no two processes wait for each other.
    .values(rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)))
    .onConflictDoUpdate({
      target: cacheEntries.key,
      set: {
        ownerId: given("owner_id"),
        upstream: given("upstream"),
        parts: given("parts"),
        sizeBytes: given("size_bytes"),
        question: given("question"),
        contextHash: given("context_hash"),
        embedding: given("embedding"),
        expiresAt: given("expires_at"),
        createdAt: sql`now()`,
        usedAt: sql`now()`,
      },
    });
}

/** Counts how often answers were given again since the last time. */
export async function countCacheHits(db: Db, hits: Map<string, number>): Promise<void> {
  // In one order, so that no two processes wait for each other.
  const counted = [...hits].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => ({ key, count }));
  await db.execute(sql`
    with given as (select * from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as hit(key text, count int)),
    held as (select entry.key, given.count from cache_entries entry join given using (key) order by entry.key for update of entry)
    update cache_entries entry set hits = entry.hits + held.count, used_at = now() from held where entry.key = held.key`);
}

/**
 * Removes answers that are too old, then the least recently used until the rest takes at most `maxBytes`. Does nothing while
 * another process is at it.
 */
export async function sweepCache(db: Db, maxBytes: number): Promise<void> {
  await db.transaction(async (tx) => {
    const [lock] = await tx
      .select({ taken: sql<boolean>`pg_try_advisory_xact_lock(${sql.raw(String(sweepLock))})` })
      .from(sql`(select 1) as one`);
    if (!lock?.taken) return;
    await tx.delete(cacheEntries).where(lte(cacheEntries.expiresAt, sql`now()`));
    await tx.execute(sql`
      delete from cache_entries where key in (
        select key from (
          select key, sum(size_bytes) over (order by used_at desc, key) as bytes_up_to from cache_entries) as by_use
        where bytes_up_to > ${maxBytes})`);
  });
}

/** Removes the answers to an owner's calls, of a model, of both, or all. @returns how many */
export async function deleteCacheEntries(db: Db, by: { ownerId?: string; model?: string }): Promise<number> {
  const { ownerId, model } = by;
  const isOwners = ownerId ? or(eq(cacheEntries.scope, ownerId), eq(cacheEntries.ownerId, ownerId)) : undefined;
  const removed = await db
    .delete(cacheEntries)
    .where(and(isOwners, model ? eq(cacheEntries.model, model) : undefined))
    .returning({ key: cacheEntries.key });
  return removed.length;
}

/** How many answers are kept for each model, and what they take. */
export function listCacheSizes(db: Db): Promise<{ model: string; entries: number; bytes: number }[]> {
  return db
    .select({
      model: cacheEntries.model,
      entries: sql<number>`count(*)::int`,
      bytes: sql<number>`sum(${cacheEntries.sizeBytes})::float8`,
    })
    .from(cacheEntries)
    .groupBy(cacheEntries.model)
    .orderBy(cacheEntries.model);
}
