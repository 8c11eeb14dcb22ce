import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "../database";
import { apiKeys, users } from "../schema/accounts";
import { calls } from "../schema/gateway";
import { spans } from "../schema/spans";
import type { CallFilters, Dimension } from "./call-stats";

/** Which calls to list: of whom (null is everybody's), when they began, and with what. */
export type CallScope = { ownerId: string | null; from: Date; to: Date; filters: CallFilters };
type PageAfter = { after: { at: string; id: string } | null; limit: number };

const columns = {
  model: calls.model,
  user: calls.ownerId,
  key: calls.keyId,
  purpose: calls.purpose,
  host: calls.upstream,
  outcome: calls.outcome,
  reason: calls.reason,
} as const;

/** Single calls, the newest first, after the given one, with the names of users and keys and the traces that are still there. */
export async function listCalls(db: Db, { ownerId, from, to, filters }: CallScope, { after, limit }: PageAfter) {
  const wanted: (SQL | undefined)[] = Object.entries(filters).map(
    ([name, value]) => sql`coalesce(${columns[name as Dimension]}::text, '') = ${value}`,
  );
  const rows = await db
    .select({ call: calls, user: users.email, keyName: apiKeys.name, traceId: spans.traceId })
    .from(calls)
    .leftJoin(users, eq(users.id, calls.ownerId))
    .leftJoin(apiKeys, eq(apiKeys.id, calls.keyId))
    .leftJoin(spans, eq(spans.id, calls.spanId))
    .where(
      and(
        gte(calls.startedAt, from),
        lt(calls.startedAt, to),
        ownerId === null ? undefined : eq(calls.ownerId, ownerId),
        after === null ? undefined : sql`(${calls.startedAt}, ${calls.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`,
        ...wanted,
      ),
    )
    .orderBy(desc(calls.startedAt), desc(calls.id))
    .limit(limit);
  return rows.map(({ call, ...names }) => ({ ...call, ...names }));
}
