import { and, desc, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Db } from "../database";
import { logLines } from "../schema/log-lines";

export type LogLineRow = Omit<typeof logLines.$inferSelect, "storedAt">;

/** Which lines: at least so severe, with these words in the text or the other fields, of this request, person or run. */
export type LineFilter = { level?: number; text?: string; requestId?: string; userId?: string; runId?: string };

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
  await db.insert(logLines).values(lines).onConflictDoNothing();
}

/** Lines that match, the newest first, from before the given one. */
export function listLines(db: Db, filter: LineFilter, { before, limit }: { before: LogLineRow | null; limit: number }) {
  return db
    .select(columns)
    .from(logLines)
    .where(
      and(
        before === null ? undefined : sql`(${logLines.at}, ${logLines.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`,
        ...wanted(filter),
      ),
    )
    .orderBy(desc(logLines.at), desc(logLines.id))
    .limit(limit);
}

/** What other processes have stored in the last milliseconds, by the database's clock, the newest first. */
export function listLinesOfOthers(db: Db, { instanceId, sinceMs, limit }: { instanceId: string; sinceMs: number; limit: number }) {
  return db
    .select(columns)
    .from(logLines)
    .where(and(ne(logLines.instanceId, instanceId), sql`${logLines.storedAt} > now() - ${`${sinceMs} milliseconds`}::interval`))
    .orderBy(desc(logLines.storedAt))
    .limit(limit);
}

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

function wanted({ level, text, requestId, userId, runId }: LineFilter): (SQL | undefined)[] {
  return [
    level === undefined ? undefined : gte(logLines.level, level),
    requestId === undefined ? undefined : eq(logLines.requestId, requestId),
    userId === undefined ? undefined : eq(logLines.userId, userId),
    runId === undefined ? undefined : eq(logLines.runId, runId),
    text === undefined ? undefined : sql`strpos(lower(${logLines.text} || ' ' || ${logLines.rest}::text), ${text.toLowerCase()}) > 0`,
  ];
}
