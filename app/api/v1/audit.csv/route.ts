import { otherMethods, route } from "@/lib/auth/route";
import { auditCsv } from "@/lib/monitoring/audit/contract";
import { exportAudit } from "@/lib/monitoring/audit/export-audit";

export const GET = route(auditCsv, ({ caller, query }) => exportAudit(caller, "csv", query));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
