import { otherMethods, route } from "@/lib/auth/route";
import { listAudit } from "@/lib/monitoring/audit/contract";
import { listAudit as list } from "@/lib/monitoring/audit/list-audit";

export const GET = route(listAudit, ({ caller, query }) => list(caller, query));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
