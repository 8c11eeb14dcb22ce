import type { AuditScope } from "@/db/queries/audit-events";
import { ForbiddenError } from "@/lib/core/errors";
import type { Caller } from "@/lib/http/caller";
import type { AuditFilters } from "./contract";

/** Which events filters ask for. @throws ForbiddenError for others than admins */
export function auditScope(caller: Caller, { from, to, ...filters }: AuditFilters): AuditScope {
  if (caller.role !== "admin") throw new ForbiddenError("Only an admin may see the audit log.");
  return { ...filters, from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to) };
}
