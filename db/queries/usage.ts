import { and, asc, between, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "../database";
import { apiKeys, users } from "../schema/accounts";
import { usageDaily } from "../schema/gateway";

/** Whose usage, from one day to another, both as `2026-07-01`. Null is everybody's. */
export type UsageScope = { ownerId: string | null; from: string; to: string };
export type UsageDay = typeof usageDaily.$inferSelect & { email: string | null; keyName: string | null };

type Grouping = "day" | "model" | "key" | "user";

/** Any number that only the roll-up uses as its advisory lock. */
const rollUpLock = 4_711_200_303;

/**
 * Adds calls up by the day (UTC) they began on, from yesterday's on, or from the last day that was added up when that is
 * longer ago. Doing it again changes nothing; processes take turns.
 */
export async function rollUpUsage(db: Db): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(rollUpLock))})`);
    const [begin] = await tx.select({ day: firstDay }).from(sql`(select 1) as one`);
    await tx.execute(addUp(begin?.day ?? "2000-01-01"));
  });
}

/** Yesterday (UTC), or the last day that was added up, or the first with a call, when these are longer ago. */
const firstDay = sql<string>`least((now() at time zone 'UTC')::date - 1, coalesce(
  (select max(day) from usage_daily), (select (min(started_at) at time zone 'UTC')::date from calls)))::text`;

/** Rows that are right are left as they are, so that an idle Hearth writes nothing. Sums without calls any more are removed. */
function addUp(from: string): SQL {
  return sql`
    with fresh as (
      select (started_at at time zone 'UTC')::date as day, owner_id, key_id, model, upstream, purpose,
        count(*)::int as calls, count(*) filter (where outcome = 'failed')::int as failures,
        count(*) filter (where cache in ('hit', 'similar'))::int as cache_hits, sum(input_tokens)::bigint as input_tokens,
        sum(output_tokens)::bigint as output_tokens, sum(cached_tokens)::bigint as cached_tokens, sum(cost_usd) as cost_usd
      from calls where started_at >= (${from}::date)::timestamp at time zone 'UTC'
      group by 1, 2, 3, 4, 5, 6),
    gone as (
      delete from usage_daily old where day >= ${from}::date and not exists (
        select 1 from fresh where (fresh.day, fresh.model, fresh.upstream, fresh.purpose) = (old.day, old.model, old.upstream, old.purpose)
          and (fresh.owner_id, fresh.key_id) is not distinct from (old.owner_id, old.key_id)))
    insert into usage_daily as kept (day, owner_id, key_id, model, upstream, purpose, calls, failures, cache_hits, input_tokens,
      output_tokens, cached_tokens, cost_usd)
    select * from fresh
    on conflict on constraint usage_daily_unique do update set calls = excluded.calls, failures = excluded.failures,
      cache_hits = excluded.cache_hits, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
      cached_tokens = excluded.cached_tokens, cost_usd = excluded.cost_usd
    where (kept.calls, kept.failures, kept.cache_hits, kept.input_tokens, kept.output_tokens, kept.cached_tokens)
      is distinct from (excluded.calls, excluded.failures, excluded.cache_hits, excluded.input_tokens, excluded.output_tokens, excluded.cached_tokens)
      or abs(kept.cost_usd - excluded.cost_usd) > 1e-9`;
}

const keyOf: Record<Grouping, SQL<string>> = {
  day: sql<string>`${usageDaily.day}::text`,
  model: sql<string>`${usageDaily.model}`,
  key: sql<string>`coalesce(${usageDaily.keyId}::text, '')`,
  user: sql<string>`coalesce(${usageDaily.ownerId}::text, '')`,
};

/** Sums of usage by day, model, key or user, sorted by that, after the given one. `name` is what people know it by, if anything. */
export async function listUsage(db: Db, scope: UsageScope, page: { groupBy: Grouping; after: string | null; limit: number }) {
  const key = sql<string>`${keyOf[page.groupBy]} collate "C"`;
  const sum = (column: SQL | (typeof usageDaily)["calls" | "costUsd" | "inputTokens"]) => sql<number>`sum(${column})::float8`;
  return db
    .select({
      key: sql<string>`${key}`.as("group_key"),
      name: page.groupBy === "key" ? sql<string | null>`max(${apiKeys.name})` : sql<string | null>`max(${users.email})`,
      calls: sum(usageDaily.calls),
      failures: sum(sql`${usageDaily.failures}`),
      cacheHits: sum(sql`${usageDaily.cacheHits}`),
      inputTokens: sum(usageDaily.inputTokens),
      outputTokens: sum(sql`${usageDaily.outputTokens}`),
      cachedTokens: sum(sql`${usageDaily.cachedTokens}`),
      costUsd: sum(usageDaily.costUsd),
    })
    .from(usageDaily)
    .leftJoin(apiKeys, eq(apiKeys.id, usageDaily.keyId))
    .leftJoin(users, eq(users.id, usageDaily.ownerId))
    .where(and(within(scope), page.after === null ? undefined : sql`${key} > ${page.after}`))
    .groupBy(sql`group_key`)
    .orderBy(sql`group_key`)
    .limit(page.limit);
}

/** The days on which anything was used, oldest first. */
export async function listUsageDays(db: Db, scope: UsageScope): Promise<string[]> {
  const rows = await db.selectDistinct({ day: usageDaily.day }).from(usageDaily).where(within(scope)).orderBy(asc(usageDaily.day));
  return rows.map(({ day }) => day);
}

/** Everything of a scope, with the names of users and keys that are still there. */
export async function listUsageRows(db: Db, scope: UsageScope): Promise<UsageDay[]> {
  const { day, ownerId, keyId, model, upstream, purpose } = usageDaily;
  const rows = await db
    .select({ usage: usageDaily, email: users.email, keyName: apiKeys.name })
    .from(usageDaily)
    .leftJoin(apiKeys, eq(apiKeys.id, keyId))
    .leftJoin(users, eq(users.id, ownerId))
    .where(within(scope))
    .orderBy(asc(day), asc(ownerId), asc(keyId), asc(model), asc(upstream), asc(purpose));
  return rows.map(({ usage, ...names }) => ({ ...usage, ...names }));
}

function within({ ownerId, from, to }: UsageScope): SQL | undefined {
  return and(between(usageDaily.day, from, to), ownerId === null ? undefined : eq(usageDaily.ownerId, ownerId));
}
