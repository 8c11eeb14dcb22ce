import { db } from "@/db/database";
import { listCalls as listRows } from "@/db/queries/call-list";
import type { Caller } from "@/lib/http/caller";
import { decodeCursor, type Page, toPage } from "@/lib/http/page";
import { recordReading } from "../audit/record-reading";
import type { CallRow, View } from "./contract";
import { timeRange } from "./time-range";
import { filtersOf, ownerOf } from "./view-scope";

const pageSize = 50;

type Given = { caller: Caller; view: View; timeZone: string; now: Date };
export type CallPage = Page<CallRow> & { from: string; to: string };

/** The calls of a view, the newest first, 50 at a time: everybody's for admins, which is written down, else the caller's own. @throws InvalidRequestError for a cursor that was not given out here */
export async function listCalls({ caller, view, timeZone, now }: Given): Promise<CallPage> {
  const { edges } = timeRange(view, timeZone, now.getTime());
  const [from, to] = [new Date(edges[0] ?? 0), new Date(edges.at(-1) ?? 0)];
  if (view.user !== "") await recordReading(caller, { action: "usage.viewed", ownerId: ownerOf(caller, view) });
  const scope = { ownerId: ownerOf(caller, view), filters: filtersOf(caller, view), from, to };
  const rows = await listRows(db(), scope, { after: view.cursor ? decodeCursor(view.cursor) : null, limit: pageSize + 1 });
  const { items, nextCursor } = toPage(rows, pageSize, ({ startedAt }) => startedAt);
  return { items: items.map(rowOf), nextCursor, from: from.toISOString(), to: to.toISOString() };
}

function rowOf(row: Awaited<ReturnType<typeof listRows>>[number]): CallRow {
  const { spanId, traceId } = row;
  const { id, user, keyName, model, upstream, purpose, outcome, reason, cache, queuedMs, inputTokens, outputTokens, costUsd } = row;
  const since = (moment: Date) => Math.max(0, moment.getTime() - row.startedAt.getTime());
  return {
    ...{ id, user, keyName, model, upstream, purpose, outcome, reason, cache, queuedMs, inputTokens, outputTokens, costUsd },
    startedAt: row.startedAt.toISOString(),
    trace: spanId && traceId ? { traceId, spanId } : null,
    firstTokenMs: row.firstTokenAt && since(row.firstTokenAt),
    totalMs: since(row.endedAt),
  };
}
