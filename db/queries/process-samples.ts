import { lt, sql } from "drizzle-orm";
import type { Db } from "../database";
import { rowsOf } from "../rows-of";
import { processSamples } from "../schema/process-samples";

/** How one process was at a point of a range: the largest of each, and of the processor's time the mean. */
export type ProcessPoint = {
  point: number;
  instanceId: string;
  residentBytes: number;
  heapBytes: number;
  lagP50Ms: number;
  lagP99Ms: number;
  cpuShare: number;
  liveRuns: number;
  waitingCalls: number;
  databaseBytes: number | null;
};

export async function insertSample(db: Db, sample: typeof processSamples.$inferInsert): Promise<void> {
  await db.insert(processSamples).values(sample);
}

/** How each process was between edges, which are moments in milliseconds, ascending; point 1 is between the first two. */
export function listProcessPoints(db: Db, edges: readonly number[]): Promise<ProcessPoint[]> {
  const moments = edges.map((edge) => new Date(edge).toISOString());
  const list = `{${moments.map((moment) => `"${moment}"`).join(",")}}`;
  const { at, instanceId, ...columns } = processSamples;
  const most = (column: (typeof columns)[keyof typeof columns]) => sql<number>`max(${column})::float8`;
  return db
    .select({
      point: sql<number>`width_bucket(${at}, ${list}::timestamptz[])`.as("point"),
      instanceId,
      residentBytes: most(columns.residentBytes),
      heapBytes: most(columns.heapBytes),
      lagP50Ms: most(columns.lagP50Ms),
      lagP99Ms: most(columns.lagP99Ms),
      cpuShare: sql<number>`avg(${columns.cpuShare})::float8`,
      liveRuns: most(columns.liveRuns),
      waitingCalls: most(columns.waitingCalls),
      databaseBytes: sql<number | null>`max(${columns.databaseBytes})::float8`,
    })
    .from(processSamples)
    .where(sql`${at} >= ${moments[0]}::timestamptz and ${at} < ${moments.at(-1)}::timestamptz`)
    .groupBy(sql`point`, instanceId)
    .orderBy(sql`point`);
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

/** Removes samples from before a moment. */
export async function deleteSamples(db: Db, before: Date): Promise<void> {
  await db.delete(processSamples).where(lt(processSamples.at, before));
}

/** What the whole database takes, in bytes. */
export async function databaseBytes(query: (text: string, values: []) => Promise<{ rows: Record<string, unknown>[] }>): Promise<number> {
  const { rows } = await query("select pg_database_size(current_database())::float8 as bytes", []);
  return Number(rows[0]?.bytes);
}
