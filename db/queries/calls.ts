import { and, getTableColumns, gte, ne, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { Db } from "../database";
import { calls } from "../schema/gateway";
import { addToRollups } from "./call-rollups";
import type { SummedCall } from "./call-sums";

/** A call's row with every column that has no null, and those that it is added up by. */
export type CallRow = {
  [Name in keyof typeof calls.$inferSelect as null extends (typeof calls.$inferSelect)[Name] ? never : Name]: unknown;
} & Partial<typeof calls.$inferSelect> &
  SummedCall;

const columns = Object.entries(getTableColumns(calls));
const names = columns.map(([name]) => `"${toSnakeCase(name)}"`).join(", ");
const fields = columns.map(([name, column]) => `"${name}" ${column.getSQLType()}`).join(", ");
const picked = columns.map(([name]) => `"${name}"`).join(", ");
/** The rows go as one JSON value: to build a query with a parameter for each field takes ten times as long as all else here. */
const insertion = sql.raw(`with stored as (insert into calls (${names}) select ${picked} from json_to_recordset(`);
const insertionEnd = sql.raw(`::json) as given (${fields}))`);

/** Stores what calls to models took, and adds them to the roll-ups: both or neither. */
export async function insertCalls(db: Db, rows: CallRow[]): Promise<void> {
  const rolledUpAt = new Date();
  const marked = rows.map((row) => ({ ...row, rolledUpAt }));
  await db.execute(sql`${insertion}${JSON.stringify(marked)}${insertionEnd} ${addToRollups(rows)}`);
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
