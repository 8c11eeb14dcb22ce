import { lt, sql } from "drizzle-orm";
import type { Db } from "../database";
import { rowsOf } from "../rows-of";
import { processSampleHours, processSamples } from "../schema/process-samples";

/** How one process was at a point of a range: the largest of each, of the processor's time the mean, and the least memory. */
export type ProcessPoint = {
  point: number;
  instanceId: string;
  residentBytes: number;
  leastResidentBytes: number;
  heapBytes: number;
  lagP50Ms: number;
  lagP99Ms: number;
  cpuShare: number;
  liveRuns: number;
  waitingCalls: number;
  databaseBytes: number | null;
};

/** Columns that samples and their hours share. */
const figures = ["resident_bytes", "heap_bytes", "lag_p50_ms", "lag_p99_ms", "cpu_share", "live_runs", "waiting_calls", "database_bytes"];

export async function insertSample(db: Db, sample: typeof processSamples.$inferInsert): Promise<void> {
  await db.insert(processSamples).values(sample);
}

/**
 * How each process was between edges, which are moments in milliseconds, ascending; point 1 is between the first two. With
 * `byHour` hours are read where they were added up, and samples only for what has come since.
 */
export async function listProcessPoints(db: Db, edges: readonly number[], { byHour }: { byHour: boolean }): Promise<ProcessPoint[]> {
  const moments = edges.map((edge) => new Date(edge).toISOString());
  const inRange = sql`at >= ${moments[0]}::timestamptz and at < ${moments.at(-1)}::timestamptz`;
  const columns = sql.raw(`at, instance_id, ${figures.join(", ")}`);
  const addedUpTo = byHour
    ? sql`coalesce((select max(at) + interval '1 hour' from process_sample_hours), '-infinity')`
    : sql`'-infinity'::timestamptz`;
  const most = (name: string) => sql.raw(`max(${name}) filter (where stat in ('max', 'one'))::float8`);
  return rowsOf<ProcessPoint>(
    await db.execute(sql`
      with given as (
        select ${columns}, stat, samples from process_sample_hours where ${byHour} and ${inRange}
        union all
        select ${columns}, 'one', 1 from process_samples where ${inRange} and at >= ${addedUpTo})
      select width_bucket(at, ${`{${moments.map((moment) => `"${moment}"`).join(",")}}`}::timestamptz[]) as point, instance_id as "instanceId",
        ${most("resident_bytes")} as "residentBytes", min(resident_bytes) filter (where stat in ('min', 'one'))::float8 as "leastResidentBytes",
        ${most("heap_bytes")} as "heapBytes", ${most("lag_p50_ms")} as "lagP50Ms", ${most("lag_p99_ms")} as "lagP99Ms",
        (sum(cpu_share * samples) filter (where stat in ('avg', 'one')) / sum(samples) filter (where stat in ('avg', 'one')))::float8 as "cpuShare",
        ${most("live_runs")} as "liveRuns", ${most("waiting_calls")} as "waitingCalls", ${most("database_bytes")} as "databaseBytes"
      from given group by 1, 2 order by 1`),
  );
}

/**
 * Adds samples up to their hours, as far as these are over: all since the last time, and its hour anew, since clocks of
 * processes differ. To do it twice, or by several processes, is the same as once.
 */
export async function rollUpSamples(db: Db, now: Date): Promise<void> {
  const hour = sql.raw("date_bin('1 hour', at, timestamptz '2000-01-01T00:00:00Z')");
  const each = figures.map((name) => `case stat when 'min' then min(${name}) when 'avg' then avg(${name}) else max(${name}) end`);
  await db.execute(sql`
    insert into process_sample_hours (instance_id, at, stat, samples, ${sql.raw(figures.join(", "))})
    select instance_id, ${hour}, stat, count(*), ${sql.raw(each.join(", "))}
    from process_samples cross join (values ('min'), ('avg'), ('max')) as stats (stat)
    where at < date_bin('1 hour', ${now.toISOString()}::timestamptz, timestamptz '2000-01-01T00:00:00Z')
      and at >= coalesce((select max(at) from process_sample_hours), '-infinity')
    group by 1, 2, 3
    on conflict (instance_id, at, stat) do update set samples = excluded.samples,
      ${sql.raw(figures.map((name) => `${name} = excluded.${name}`).join(", "))}`);
}

/**
 * By how many bytes the memory of the process that grew most is larger now than at a moment, by samples at most a minute away
 * from both; null while none has run for so long.
 */
export async function findMemoryGrowth(db: Db, { since, now }: { since: Date; now: Date }): Promise<number | null> {
  const near = (moment: Date) =>
    sql`at > ${new Date(moment.getTime() - 60_000).toISOString()}::timestamptz and at <= ${moment.toISOString()}::timestamptz`;
  const latest = (moment: Date) =>
    sql`(select distinct on (instance_id) instance_id, resident_bytes from process_samples where ${near(moment)} order by instance_id, at desc)`;
  const [grown] = rowsOf<{ bytes: number | null }>(
    await db.execute(sql`
      select max(later.resident_bytes - earlier.resident_bytes)::float8 as bytes
      from ${latest(now)} as later join ${latest(since)} as earlier using (instance_id)`),
  );
  return grown?.bytes ?? null;
}

/** Removes samples, and hours of them, from before a moment each. */
export async function deleteSamples(db: Db, before: { samples: Date; hours: Date }): Promise<void> {
  await db.delete(processSamples).where(lt(processSamples.at, before.samples));
  await db.delete(processSampleHours).where(lt(processSampleHours.at, before.hours));
}

/** What the whole database takes, in bytes. */
export async function databaseBytes(query: (text: string, values: []) => Promise<{ rows: Record<string, unknown>[] }>): Promise<number> {
  const { rows } = await query("select pg_database_size(current_database())::float8 as bytes", []);
  return Number(rows[0]?.bytes);
}
