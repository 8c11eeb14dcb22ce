import { desc, getTableColumns, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { toSnakeCase } from "drizzle-orm/casing";
import type { Db } from "../database";
import { rowsOf } from "../rows-of";
import { callRollups } from "../schema/call-rollups";
import { calls } from "../schema/gateway";
import { type Grain, type SummedCall, sumsOf } from "./call-sums";

/** Any number that only this roll-up uses as its advisory lock. */
const rollUpLock = 4_711_200_307;
/** Calls in one transaction, which holds up the embedded database's one thread for some milliseconds. */
const usualBatch = 500;
const deletedAtOnce = 1_000;

const columns = Object.entries(getTableColumns(callRollups));
const names = columns.map(([name]) => `"${toSnakeCase(name)}"`).join(", ");
const fields = columns.map(([name, column]) => `"${name}" ${column.getSQLType()}`).join(", ");
const picked = columns.map(([name]) => `"${name}"`).join(", ");
const counts = ["calls", "cache_hits", "input_tokens", "output_tokens", "cached_tokens", "queued_ms", "written_tokens", "writing_ms"];
const addition = sql.raw(`insert into call_rollups as kept (${names}) select ${picked} from json_to_recordset(`);
/** A row that exists takes the new sums and bins on. */
const additionEnd = sql.raw(`::json) as given (${fields})
  on conflict on constraint call_rollups_unique do update set
    ${[...counts, "cost_usd"].map((name) => `${name} = kept.${name} + excluded.${name}`).join(", ")}, ${merged("first_token")}, ${merged("total")}`);

/** The statement that adds calls to the sums of their minute, quarter of an hour and hour; one of theirs stores them or marks them. */
export function addToRollups(added: SummedCall[]): SQL {
  return sql`${addition}${JSON.stringify(sumsOf(added))}${additionEnd}`;
}

/**
 * Adds calls that are not yet in the roll-ups to them, as those that an older Hearth has left: each once, the newest first,
 * so that what is looked at is right soonest. Processes take turns.
 * @param batch at most so many in one transaction
 * @returns how many there were, and whose; there may be more until it is none
 */
export async function rollUpCalls(db: Db, batch = usualBatch): Promise<{ calls: number; ownerIds: (string | null)[] }> {
  const [pending] = await db.select({ id: calls.id }).from(calls).where(isNull(calls.rolledUpAt)).limit(1);
  if (!pending) return { calls: 0, ownerIds: [] };
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(rollUpLock))})`);
    const taken = await tx.select().from(calls).where(isNull(calls.rolledUpAt)).orderBy(desc(calls.startedAt)).limit(batch);
    if (taken.length === 0) return { calls: 0, ownerIds: [] };
    await tx.execute(addToRollups(taken));
    const ids = taken.map(({ id }) => id);
    await tx.update(calls).set({ rolledUpAt: sql`now()` }).where(inArray(calls.id, ids));
    return { calls: taken.length, ownerIds: [...new Set(taken.map(({ ownerId }) => ownerId))] };
  });
}

/** Two histograms as one. */
function merged(name: string): string {
  return `(${name}_bins, ${name}_counts) = (
    select coalesce(array_agg(bin order by bin), '{}'), coalesce(array_agg(count order by bin), '{}')
    from (select bin, sum(count)::int as count
      from (select * from unnest(kept.${name}_bins, kept.${name}_counts)
        union all select * from unnest(excluded.${name}_bins, excluded.${name}_counts)) as both_of (bin, count)
      group by bin) as merged)`;
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
