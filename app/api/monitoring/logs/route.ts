import { otherMethods, route } from "@/lib/auth/route";
import { downloadLogs } from "@/lib/monitoring/logs/contract";
import { downloadLines } from "@/lib/monitoring/logs/download-lines";

export const GET = route(downloadLogs, ({ query }) => downloadLines(query));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
