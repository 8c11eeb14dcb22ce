import { db } from "@/db/database";
import { listAuditActors } from "@/db/queries/audit-events";
import type { Caller } from "@/lib/http/caller";
import type { Page } from "@/lib/http/page";
import { timeRange } from "../overview/time-range";
import type { AuditEvent, AuditView } from "./contract";
import { listAudit } from "./list-audit";

const pageSize = 50;

/** What the audit page shows: a page of events, when its range begins and ends (ISO 8601), and who ever did something. */
export type AuditPage = Page<AuditEvent> & { from: string; to: string; actors: { id: string; name: string }[] };

/** The events of a view, 50 at a time. @throws ForbiddenError for others than admins · InvalidRequestError for a cursor that was not given out here */
export async function auditPage(caller: Caller, view: AuditView, { timeZone, now }: { timeZone: string; now: Date }): Promise<AuditPage> {
  const { range: _, ...filters } = view;
  const { edges } = timeRange(view, timeZone, now.getTime());
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0].map((edge) => new Date(edge).toISOString()) as [string, string];
  const [page, actors] = await Promise.all([listAudit(caller, { ...filters, from, to, limit: pageSize }), listAuditActors(db())]);
  return { ...page, items: page.items.map((row) => ({ ...row, at: row.at.toISOString() })), from, to, actors };
}
