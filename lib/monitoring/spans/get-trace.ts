import { db } from "@/db/database";
import type { SpanRow } from "@/db/queries/spans";
import { listTraceSpans } from "@/db/queries/traces";
import { NotFoundError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import { recordReading } from "../audit/record-reading";
import { attributeNames as names } from "./attribute-names";
import type { SpanView, TraceDetails } from "./contract";
import { flushSpans } from "./span-queue";

/** More than the longest run has: eight rounds of sixteen tools. */
const maxSpans = 2_000;

/** The spans of a trace as they are stored: anyone's for admins, else the caller's own. @throws NotFoundError also for another owner's */
export async function getTraceRows(caller: Caller, traceId: string): Promise<SpanRow[]> {
  const ownerId = caller.role === "admin" ? null : caller.userId;
  const rows = await listTraceSpans(db(), { traceId, ownerId, limit: maxSpans });
  if (rows.length === 0) throw new NotFoundError("trace", traceId);
  return rows;
}

/** A trace as a tree, up to what this process has just recorded. That an admin looks at another's is written down. @throws NotFoundError also for another owner's */
export async function getTrace(caller: Caller, traceId: string): Promise<TraceDetails> {
  await flushSpans();
  const rows = await getTraceRows(caller, traceId);
  const spans = inTreeOrder(rows.map(viewOf));
  const [root] = spans;
  if (!root) throw new NotFoundError("trace", traceId);
  const { ownerId = null, conversationId = null } = rows.find(({ id }) => id === root.id) ?? {};
  if (ownerId !== null) await recordReading(caller, { action: "trace.viewed", ownerId, what: { trace: traceId } });
  return { traceId, root, spans, ownerId, conversationId, isWhole: rows.length < maxSpans };
}

/** Each span after its parent. One whose parent is missing, as it was dropped, stands below the root. */
function inTreeOrder(spans: SpanView[]): SpanView[] {
  const known = new Set(spans.map(({ id }) => id));
  const root = spans.find(({ parentId }) => parentId === null) ?? spans[0];
  const byParent = Map.groupBy(spans, ({ id, parentId }) =>
    id === root?.id ? null : parentId && known.has(parentId) ? parentId : root?.id,
  );
  const ordered: SpanView[] = [];
  const visit = (span: SpanView, depth: number) => {
    ordered.push({ ...span, depth });
    for (const child of byParent.get(span.id) ?? []) visit(child, depth + 1);
  };
  if (root) visit(root, 0);
  return ordered;
}

function viewOf({ startedAt, endedAt, ownerId: _owner, traceId: _trace, conversationId: _chat, ...row }: SpanRow): SpanView {
  const figure = (name: string) => {
    const value = row.attributes[name];
    return typeof value === "number" ? value : null;
  };
  return {
    ...{ ...row, depth: 0, startMs: startedAt.getTime(), endMs: endedAt?.getTime() ?? null },
    ...{ inputTokens: figure(names.inputTokens), outputTokens: figure(names.outputTokens) },
    ...{ costUsd: figure(names.costUsd), firstTokenMs: figure(names.firstTokenMs) },
  };
}
