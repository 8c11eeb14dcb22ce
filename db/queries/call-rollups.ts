import { isNull, sql } from "drizzle-orm";
import type { Db } from "../database";
import { rowsOf } from "../rows-of";
import { calls } from "../schema/gateway";

export type Grain = "minute" | "quarter" | "hour";

/** Any number that only this roll-up uses as its advisory lock. */
const rollUpLock = 4_711_200_307;
/** Calls in one transaction, which holds up the embedded database's one thread for some 50 ms. */
const usualBatch = 200;
const deletedAtOnce = 1_000;

/** A value that a histogram gives is at most this share away from the true one. */
const accuracy = 0.02;
/** How much wider each bin is than the one before. DDSketch, Masson, Rim and Lee, VLDB 2019. */
const growth = (1 + accuracy) / (1 - accuracy);

/** What a bin stands for, in milliseconds: the value that is nowhere in the bin further off than `accuracy`. */
export const binMs = (bin: number): number => (2 * growth ** bin) / (growth + 1);

/** The bin of a time from one moment to another, null where there is none. Bin 0 has all up to a millisecond: clocks may run backwards. */
function binOf(from: string, to: string) {
  const ms = `greatest(extract(epoch from ${to} - ${from}) * 1000, 1)::float8`;
  return sql.raw(`case when ${to} is not null then ceil(ln(${ms}) / ${Math.log(growth)})::smallint end`);
}

const dimensions = sql.raw("scope, grain, begins_at, owner_id, key_id, model, upstream, purpose, outcome, reason");
const counts = ["calls", "cache_hits", "input_tokens", "output_tokens", "cached_tokens", "queued_ms", "written_tokens", "writing_ms"];
const sums = sql.raw([...counts, "cost_usd"].join(", "));
const added = sql.raw([...counts.map((name) => `sum(${name})::bigint as ${name}`), "sum(cost_usd) as cost_usd"].join(", "));
/** What calls that are added up have in common. */
const likeness = sql.raw("minute_at, caller_id, caller_key_id, model, upstream, purpose, outcome, reason");
const origin = sql.raw("timestamptz '2000-01-01T00:00:00Z'");

/**
 * Adds calls that are not yet in the roll-ups to them, each once, whenever they come: late ones, and those of a standstill,
 * too. The newest go first, so that after a standstill what is looked at is right soonest. Processes take turns.
 * @param batch at most so many in one transaction
 * @returns how many there were, and whose; there may be more until it is none
 */
export async function rollUpCalls(db: Db, batch = usualBatch): Promise<{ calls: number; ownerIds: (string | null)[] }> {
  // Planning the statement below takes the embedded database memory that it keeps: not for nothing.
  const [pending] = await db.select({ id: calls.id }).from(calls).where(isNull(calls.rolledUpAt)).limit(1);
  if (!pending) return { calls: 0, ownerIds: [] };
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(rollUpLock))})`);
    const [taken] = rowsOf<{ calls: number; ownerIds: (string | null)[] | null }>(await tx.execute(addUp(batch)));
    return { calls: taken?.calls ?? 0, ownerIds: taken?.ownerIds ?? [] };
  });
}

/**
 * What is alike in the marked calls of a minute is made one row before it goes into both scopes and all grains; a row that
 * exists takes the new sums and bins on.
 */
const addUp = (batch: number) => sql`
  with taken as (
    update calls set rolled_up_at = now()
    where id in (select id from calls where rolled_up_at is null order by started_at desc limit ${batch})
    returning date_bin('1 minute', started_at, ${origin}) as minute_at, owner_id as caller_id, key_id as caller_key_id,
      model, upstream, purpose, outcome, coalesce(reason, '') as reason, 1 as calls,
      (cache in ('hit', 'similar'))::int as cache_hits, input_tokens, output_tokens, cached_tokens, cost_usd, queued_ms,
      ${binOf("started_at", "first_token_at")} as first_token_bin,
      case when outcome = 'complete' then ${binOf("started_at", "ended_at")} end as total_bin,
      case when ${isWritten()} then output_tokens else 0 end as written_tokens,
      case when ${isWritten()} then extract(epoch from ended_at - first_token_at) * 1000 else 0 end as writing_ms),
  ranked as (select dense_rank() over (order by ${likeness}) as alike, taken.* from taken),
  minutes as (select alike, ${likeness}, ${added} from ranked group by alike, ${likeness}),
  grained as (
    select dense_rank() over (order by ${dimensions}) as row_key, placed.* from (
      select scope, grain, date_bin(step, minute_at, ${origin}) as begins_at,
        case when scope = 'person' then caller_id end as owner_id, case when scope = 'person' then caller_key_id end as key_id, minutes.*
      from minutes cross join (values ('all'), ('person')) as scopes (scope) cross join (values
        ('minute', interval '1 minute'), ('quarter', interval '15 minutes'), ('hour', interval '1 hour')) as grains (grain, step)) as placed),
  summed as (select row_key, ${dimensions}, ${added} from grained group by row_key, ${dimensions}),
  first_tokens as (${histogram("first_token_bin")}),
  totals as (${histogram("total_bin")}),
  stored as (
    insert into call_rollups as kept (${dimensions}, ${sums}, first_token_bins, first_token_counts, total_bins, total_counts)
    select ${dimensions}, ${sums}, coalesce(first_tokens.bins, '{}'), coalesce(first_tokens.counts, '{}'),
      coalesce(totals.bins, '{}'), coalesce(totals.counts, '{}')
    from summed left join first_tokens using (row_key) left join totals using (row_key)
    on conflict on constraint call_rollups_unique do update set
      ${sql.raw([...counts, "cost_usd"].map((name) => `${name} = kept.${name} + excluded.${name}`).join(", "))},
      ${merged("first_token")}, ${merged("total")})
  select count(*)::int as calls, json_agg(distinct caller_id) as "ownerIds" from taken`;

/** A host took time to write this reply, so that it tells a speed. */
function isWritten() {
  return sql.raw("cache not in ('hit', 'similar') and output_tokens > 0 and ended_at > first_token_at");
}

/** The bins of the new calls, row by row. */
function histogram(bin: string) {
  return sql.raw(`select row_key, array_agg(bin order by bin) as bins, array_agg(count order by bin) as counts
    from (select row_key, bin, sum(count)::int as count
      from (select alike, ${bin} as bin, count(*) as count from ranked where ${bin} is not null group by 1, 2) as counted
      join grained using (alike) group by 1, 2) as binned group by 1`);
}

/** Two histograms as one. */
function merged(name: string) {
  return sql.raw(`(${name}_bins, ${name}_counts) = (
    select coalesce(array_agg(bin order by bin), '{}'), coalesce(array_agg(count order by bin), '{}')
    from (select bin, sum(count)::int as count
      from (select * from unnest(kept.${name}_bins, kept.${name}_counts)
        union all select * from unnest(excluded.${name}_bins, excluded.${name}_counts)) as both_of (bin, count)
      group by bin) as merged)`);
}

/** Removes sums, of a grain, from before a moment. */
export async function deleteRollups(db: Db, { grain, before }: { grain: Grain; before: Date }): Promise<void> {
  await db.execute(sql`delete from call_rollups where grain = ${grain} and begins_at < ${before.toISOString()}::timestamptz`);
}

/**
 * Removes some calls from before a moment that were added up, here and by day: the newest day of those sums is made anew
 * from its calls. @returns how many there were; there may be more until it is none
 */
export async function deleteOldCalls(db: Db, before: Date): Promise<number> {
  const deleted = await db.execute(sql`
    delete from calls where id in (
      select id from calls where rolled_up_at is not null and started_at < ${before.toISOString()}::timestamptz
        and started_at < (select max(day)::timestamp at time zone 'UTC' from usage_daily)
      limit ${deletedAtOnce})
    returning id`);
  return rowsOf(deleted).length;
}
