import { otherMethods, route } from "@/lib/auth/route";
import { listLogs } from "@/lib/monitoring/logs/contract";
import { listLogs as list } from "@/lib/monitoring/logs/public/list-logs";

export const GET = route(listLogs, ({ caller, query }) => list(caller, query));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
