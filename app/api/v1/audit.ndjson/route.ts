import { otherMethods, route } from "@/lib/auth/route";
import { auditNdjson } from "@/lib/monitoring/audit/contract";
import { exportAudit } from "@/lib/monitoring/audit/export-audit";

export const GET = route(auditNdjson, ({ caller, query }) => exportAudit(caller, "ndjson", query));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
