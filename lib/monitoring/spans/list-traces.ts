import { db } from "@/db/database";
import { listTraceRoots, sumTraces } from "@/db/queries/traces";
import type { Caller } from "@/lib/http/caller";
import { decodeCursor, type Page, toPage } from "@/lib/http/page";
import { recordReading } from "../audit/record-reading";
import { timeRange } from "../overview/time-range";
import { ownerOf } from "../overview/view-scope";
import { attributeNames } from "./attribute-names";
import { type TraceRow, type TraceView, traceQuery } from "./contract";

const pageSize = 50;

type Given = { caller: Caller; view: TraceView; timeZone: string; now: Date };
export type TracePage = Page<TraceRow> & { from: string; to: string };

/** The view that a link asks for, as far as the caller may see it. */
export function traceViewOf({ role }: Caller, query: Record<string, string | string[] | undefined>): TraceView {
  const view = traceQuery.parse(query);
  return role === "admin" ? view : { ...view, user: undefined };
}

/** The traces of a view, the newest first, 50 at a time: everybody's for admins, else the caller's own. That an admin looks through what others said is written down. @throws InvalidRequestError for a cursor that was not given out here */
export async function listTraces({ caller, view, timeZone, now }: Given): Promise<TracePage> {
  const { edges } = timeRange(view, timeZone, now.getTime());
  const [from, to] = [new Date(edges[0] ?? 0), new Date(edges.at(-1) ?? 0)];
  const { status, kind, cursor } = view;
  const [model, text] = [view.model, view.text].map((word) => word?.replaceAll("\0", ""));
  const scope = { ownerId: ownerOf(caller, view), from, to, status, kind, model, text };
  if (text !== undefined) await recordReading(caller, { action: "trace.searched", ownerId: scope.ownerId });
  const roots = await listTraceRoots(db(), scope, { after: cursor ? decodeCursor(cursor) : null, limit: pageSize + 1 });
  const { items, nextCursor } = toPage(roots, pageSize, ({ startedAt }) => startedAt);
  const traceIds = items.map(({ traceId }) => traceId);
  const sums = new Map((traceIds.length > 0 ? await sumTraces(db(), traceIds, attributeNames) : []).map((sum) => [sum.traceId, sum]));
  const rows = items.map(({ id, traceId, name, user, model: answered, status: state, error, startedAt, endedAt }) => ({
    ...{ id, name, user, model: answered, status: state, error, spans: 1, inputTokens: 0, outputTokens: 0, costUsd: 0 },
    ...sums.get(traceId),
    traceId,
    startedAt: startedAt.toISOString(),
    totalMs: endedAt && endedAt.getTime() - startedAt.getTime(),
  }));
  return { items: rows, nextCursor, from: from.toISOString(), to: to.toISOString() };
}
