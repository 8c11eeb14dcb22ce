import { db } from "@/db/database";
import { type AuditRow, listAuditEvents } from "@/db/queries/audit-events";
import type { Caller } from "@/lib/http/caller";
import { decodeCursor, type Page, type PageQuery, toPage } from "@/lib/http/page";
import { auditScope } from "./audit-scope";
import type { AuditFilters } from "./contract";

/** A page of what everybody did, the newest first. @throws ForbiddenError for others than admins · InvalidRequestError for a cursor that was not given out here */
export async function listAudit(caller: Caller, { limit, cursor, ...filters }: AuditFilters & PageQuery): Promise<Page<AuditRow>> {
  const scope = auditScope(caller, filters);
  const rows = await listAuditEvents(db(), scope, { after: cursor ? decodeCursor(cursor) : null, limit: limit + 1 });
  return toPage(rows, limit, ({ at }) => at);
}
