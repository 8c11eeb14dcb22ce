import { and, asc, desc, eq, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "../database";
import { users } from "../schema/accounts";
import { messages, runs } from "../schema/chat";
import { spans } from "../schema/spans";
import type { SpanRow } from "./spans";

/** Which traces to list: of whom (null is everybody's), when they began, and with what in any of their spans. */
export type TraceScope = {
  ownerId: string | null;
  from: Date;
  to: Date;
  status?: SpanRow["status"];
  kind?: SpanRow["kind"];
  model?: string;
  text?: string;
};
type PageAfter = { after: { at: string; id: string } | null; limit: number };

/** The roots of traces, the newest first, after the given one, with the owner's address while the account is there. */
export async function listTraceRoots(db: Db, scope: TraceScope, { after, limit }: PageAfter) {
  const { ownerId, from, to, status } = scope;
  const rows = await db
    .select({ root: spans, user: users.email })
    .from(spans)
    .leftJoin(users, eq(users.id, spans.ownerId))
    .where(
      and(
        sql`${spans.parentId} is null`,
        gte(spans.startedAt, from),
        lt(spans.startedAt, to),
        ownerId === null ? undefined : eq(spans.ownerId, ownerId),
        status && eq(spans.status, status),
        after === null ? undefined : sql`(${spans.startedAt}, ${spans.id}) < (${after.at}::timestamptz, ${after.id}::uuid)`,
        ...partsLike(scope),
      ),
    )
    .orderBy(desc(spans.startedAt), desc(spans.id))
    .limit(limit);
  return rows.map(({ root, user }) => ({ ...root, user }));
}

/** No reply takes longer, and so no part of a trace begins later after its root. */
const longestMs = 86_400_000;

/** What some span of the trace must have. Their times are bounded so that not the spans of all times are looked through. */
function partsLike({ from, to, kind, model, text }: TraceScope): SQL[] {
  const until = new Date(to.getTime() + longestMs).toISOString();
  const inTime = sql`part.started_at >= ${from.toISOString()}::timestamptz and part.started_at < ${until}::timestamptz`;
  const some = (what: SQL) => sql`exists (select 1 from spans as part where part.trace_id = ${spans.traceId} and ${inTime} and ${what})`;
  const pattern = `%${(text ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  const said = sql.join(
    ["name", "error", "input", "output"].map((column) => sql`part.${sql.identifier(column)} ilike ${pattern}`),
    sql` or `,
  );
  return [
    ...(kind === undefined ? [] : [some(sql`part.kind = ${kind}`)]),
    ...(model === undefined ? [] : [some(sql`part.model = ${model}`)]),
    ...(text === undefined ? [] : [some(sql`(${said})`)]),
  ];
}

/** Under which attributes a call's span has what it took. */
type Names = Record<"inputTokens" | "outputTokens" | "costUsd", string>;

/** What the calls to models of these traces took together, and how many spans each has. */
export async function sumTraces(db: Db, traceIds: string[], names: Names) {
  const sum = (name: string) => sql<number>`coalesce(sum((${spans.attributes}->>${name})::float8) filter (where ${isCall}), 0)::float8`;
  const isCall = inArray(spans.kind, ["model", "embedding"]);
  return db
    .select({
      traceId: spans.traceId,
      spans: sql<number>`count(*)::int`,
      inputTokens: sum(names.inputTokens),
      outputTokens: sum(names.outputTokens),
      costUsd: sum(names.costUsd),
    })
    .from(spans)
    .where(inArray(spans.traceId, traceIds))
    .groupBy(spans.traceId);
}

/** The spans of one trace, in the order in which they began; another owner's (null looks at everybody's) are none. */
export function listTraceSpans(db: Db, by: { traceId: string; ownerId: string | null; limit: number }): Promise<SpanRow[]> {
  return db
    .select()
    .from(spans)
    .where(and(eq(spans.traceId, by.traceId), by.ownerId === null ? undefined : eq(spans.ownerId, by.ownerId)))
    .orderBy(asc(spans.startedAt), asc(spans.id))
    .limit(by.limit);
}

/** The newest run that wrote a message, if the message is the owner's. */
export async function findRunOfMessage(db: Db, by: { messageId: string; ownerId: string }): Promise<string | null> {
  const [found] = await db
    .select({ id: runs.id })
    .from(messages)
    .innerJoin(runs, and(eq(runs.conversationId, messages.conversationId), eq(runs.messageId, messages.id)))
    .where(and(eq(messages.id, by.messageId), eq(messages.ownerId, by.ownerId)))
    .orderBy(desc(runs.id))
    .limit(1);
  return found?.id ?? null;
}
