import { and, getTableColumns, inArray, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { Db } from "../database";
import { users } from "../schema/accounts";
import { spans } from "../schema/spans";

export type SpanRow = typeof spans.$inferSelect;

const columns = Object.entries(getTableColumns(spans));
const names = columns.map(([name]) => `"${toSnakeCase(name)}"`).join(", ");
const fields = columns.map(([name, column]) => `"${name}" ${column.getSQLType()}`).join(", ");
const picked = columns.map(([name]) => `given."${name}"`).join(", ");
const changing = ["name", "model", "status", "error", "ended_at", "attributes", "input", "output"];
/** The rows go as one JSON value, as those of calls do. An account may have been deleted while its spans waited. */
const insertion = sql.raw(`insert into spans (${names}) select ${picked} from json_to_recordset(`);
const insertionEnd = sql.raw(`::json) as given (${fields})
  where given."ownerId" is null or exists (select 1 from users where users.id = given."ownerId")
  on conflict (id) do update set ${changing.map((name) => `${name} = excluded.${name}`).join(", ")}`);
const deletedAtOnce = 2_000;

/** Stores spans, or what has become of them since. */
export async function saveSpans(db: Db, rows: SpanRow[]): Promise<void> {
  await db.execute(sql`${insertion}${JSON.stringify(rows)}${insertionEnd}`);
}

/** Which of these accounts are admins'. */
export async function listAdminsAmong(db: Db, ids: string[]): Promise<string[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(and(inArray(users.id, ids), sql`${users.role} = 'admin'`));
  return rows.map(({ id }) => id);
}

/** Removes some spans from before a moment. @returns how many there were; there may be more until it is none */
export async function deleteOldSpans(db: Db, before: Date): Promise<number> {
  const old = sql`select id from spans where started_at < ${before.toISOString()}::timestamptz limit ${deletedAtOnce}`;
  const deleted = await db.delete(spans).where(sql`${spans.id} in (${old})`).returning({ id: spans.id });
  return deleted.length;
}

/** Removes the traces of conversations that are gone. */
export async function deleteTracesOf(db: Db, gone: { id: string }[]): Promise<void> {
  const ids = gone.map(({ id }) => id);
  const theirs = db.select({ traceId: spans.traceId }).from(spans).where(inArray(spans.conversationId, ids));
  await db.delete(spans).where(inArray(spans.traceId, theirs));
}

/** Ends the spans of traces that nobody goes on with, and those that began before a moment; `why` is their error. */
export async function endSpans(db: Db, which: { traceIds: string[] } | { before: Date }, why: string): Promise<void> {
  const lost =
    "traceIds" in which ? inArray(spans.traceId, which.traceIds) : sql`${spans.startedAt} < ${which.before.toISOString()}::timestamptz`;
  await db
    .update(spans)
    .set({ status: "stopped", error: why, endedAt: sql`greatest(now(), ${spans.startedAt})` })
    .where(and(sql`${spans.status} = 'running'`, lost));
}
