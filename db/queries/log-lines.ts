import { and, asc, desc, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Db } from "../database";
import { logLines } from "../schema/log-lines";

export type LogLineRow = Omit<typeof logLines.$inferSelect, "storedAt">;

/** Which lines: at least so severe, with these words in the text or the other fields, of this request, person or run, from a moment on and before another. */
export type LineFilter = { level?: number; text?: string; requestId?: string; userId?: string; runId?: string; from?: Date; to?: Date };
/** A place in an order of lines: a moment (ISO 8601), and an id among those of one moment. */
export type LinePlace = { at: string; id: string };

const columns = {
  id: logLines.id,
  at: logLines.at,
  instanceId: logLines.instanceId,
  level: logLines.level,
  text: logLines.text,
  requestId: logLines.requestId,
  userId: logLines.userId,
  runId: logLines.runId,
  rest: logLines.rest,
};

/** Stores lines. One that is there already, as after a write whose answer was lost, stays as it is. */
export async function insertLines(db: Db, lines: LogLineRow[]): Promise<void> {
  // As near to the commit as can be: who reads on from a moment must not be overtaken by what was stored before it.
  const storedAt = sql`clock_timestamp()`;
  await db
    .insert(logLines)
    .values(lines.map((line) => ({ ...line, storedAt })))
    .onConflictDoNothing();
}

/** Lines that match, the newest first, from before the given one. */
export function listLines(db: Db, filter: LineFilter, { before, limit }: { before: LinePlace | null; limit: number }) {
  return db
    .select(columns)
    .from(logLines)
    .where(
      and(
        before === null ? undefined : sql`(${logLines.at}, ${logLines.id}) < (${before.at}::timestamptz, ${before.id}::uuid)`,
        ...wanted(filter),
      ),
    )
    .orderBy(desc(logLines.at), desc(logLines.id))
    .limit(limit);
}

export type StoredLine = LogLineRow & { storedAt: Date };

/** The moment, by the database's clock, that lines were stored at so many milliseconds ago. */
export async function findMomentAgo(db: Db, ms: number): Promise<string> {
  const ago = sql<string>`to_char(clock_timestamp() at time zone 'UTC' - ${`${ms} milliseconds`}::interval, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const [row] = await db.select({ ago }).from(sql`(select 1) as one`);
  return row?.ago ?? "";
}

/** Lines that match, in the order in which they were stored, after a place in it and up to a moment. */
export function listStoredAfter(db: Db, filter: LineFilter, { after, until, limit }: { after: LinePlace; until: string; limit: number }) {
  const { storedAt, id } = logLines;
  return db
    .select({ ...columns, storedAt })
    .from(logLines)
    .where(
      and(
        sql`(${storedAt}, ${id}) > (${after.at}::timestamptz, ${after.id}::uuid)`,
        sql`${storedAt} <= ${until}::timestamptz`,
        ...wanted(filter),
      ),
    )
    .orderBy(asc(storedAt), asc(id))
    .limit(limit);
}

/** The last lines that match of those stored up to a moment, the last one first. */
export function listLastStored(db: Db, filter: LineFilter, { until, limit }: { until: string; limit: number }) {
  const { storedAt, id } = logLines;
  return db
    .select({ ...columns, storedAt })
    .from(logLines)
    .where(and(sql`${storedAt} <= ${until}::timestamptz`, ...wanted(filter)))
    .orderBy(desc(storedAt), desc(id))
    .limit(limit);
}

/** What other processes have stored after a moment of the database's clock (ISO 8601), the last one first. */
export function listLinesOfOthers(db: Db, { instanceId, since, limit }: { instanceId: string; since: string; limit: number }) {
  return db
    .select({ ...columns, storedAt: logLines.storedAt })
    .from(logLines)
    .where(ofOthers({ instanceId, since }))
    .orderBy(desc(logLines.storedAt))
    .limit(limit);
}

/** How many lines other processes have stored after a moment. */
export const countLinesOfOthers = (db: Db, others: { instanceId: string; since: string }): Promise<number> =>
  db.$count(logLines, ofOthers(others));

const ofOthers = ({ instanceId, since }: { instanceId: string; since: string }) =>
  and(ne(logLines.instanceId, instanceId), sql`${logLines.storedAt} > ${since}::timestamptz`);

/** Removes some lines from before a moment. @returns how many; there may be more until it is none */
export async function deleteOldLines(db: Db, before: Date, limit: number): Promise<number> {
  const old = db.select({ id: logLines.id }).from(logLines).where(lt(logLines.at, before)).limit(limit);
  return (await db.delete(logLines).where(sql`${logLines.id} in ${old}`).returning({ id: logLines.id })).length;
}

/** The moment of the oldest line that may stay when at most so many are kept; null while there are fewer. */
export async function findOldestKept(db: Db, most: number): Promise<Date | null> {
  const [row] = await db
    .select({ at: logLines.at })
    .from(logLines)
    .orderBy(desc(logLines.at))
    .offset(most - 1)
    .limit(1);
  return row?.at ?? null;
}

function wanted({ level, text, requestId, userId, runId, from, to }: LineFilter): (SQL | undefined)[] {
  return [
    level === undefined ? undefined : gte(logLines.level, level),
    requestId === undefined ? undefined : eq(logLines.requestId, requestId),
    userId === undefined ? undefined : eq(logLines.userId, userId),
    runId === undefined ? undefined : eq(logLines.runId, runId),
    from === undefined ? undefined : gte(logLines.at, from),
    to === undefined ? undefined : lt(logLines.at, to),
    text === undefined ? undefined : sql`strpos(lower(${logLines.text} || ' ' || ${logLines.rest}::text), ${text.toLowerCase()}) > 0`,
  ];
}
