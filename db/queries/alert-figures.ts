import { sql } from "drizzle-orm";
import type { Db } from "../database";
import { rowsOf } from "../rows-of";

export type AlertFigures = {
  subject: string;
  label: string;
  calls: number;
  failures: number;
  firstTokenP95: number | null;
  queueWaitP95: number | null;
  tokens: number;
  costUsd: number;
};

type Group = "model" | "host" | "user" | "key" | "purpose";

const columns = { model: "model", host: "upstream", user: "owner_id", key: "key_id", purpose: "purpose" } as const;
const named = {
  user: { name: "users.email", join: "left join users on users.id::text = subject" },
  key: { name: "api_keys.name", join: "left join api_keys on api_keys.id::text = subject" },
};
/** A call that ended within the window may have begun before it, by so much at most. */
const longestCall = sql.raw("interval '1 hour'");

/** What calls that ended since a moment took, for each of a group, or together, when there is one row also of none. */
export async function listAlertFigures(db: Db, { groupBy, since }: { groupBy: Group | null; since: Date }): Promise<AlertFigures[]> {
  const from = sql`${since.toISOString()}::timestamptz`;
  const subject = groupBy ? sql.raw(`coalesce(${columns[groupBy]}::text, '')`) : sql.raw("''");
  const names = groupBy === "user" || groupBy === "key" ? named[groupBy] : undefined;
  const result = await db.execute(sql`
    select figures.*, coalesce(${sql.raw(names?.name ?? "null")}, nullif(subject, ''), ${groupBy ? "None" : ""}) as label from (
      select ${subject} as subject, count(*)::int as calls, (count(*) filter (where outcome = 'failed'))::int as failures,
        (percentile_cont(0.95) within group (order by extract(epoch from first_token_at - started_at) * 1000))::float8 as "firstTokenP95",
        (percentile_cont(0.95) within group (order by queued_ms))::float8 as "queueWaitP95",
        coalesce(sum(input_tokens + output_tokens), 0)::float8 as tokens, coalesce(sum(cost_usd), 0)::float8 as "costUsd"
      from calls where ended_at >= ${from} and started_at >= ${from} - ${longestCall}
      ${groupBy ? sql`group by 1` : sql``}) as figures
    ${sql.raw(names?.join ?? "")}`);
  return rowsOf<AlertFigures>(result);
}
