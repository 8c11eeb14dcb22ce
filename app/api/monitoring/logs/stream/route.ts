import { otherMethods, route } from "@/lib/auth/route";
import { eventStreamHeaders } from "@/lib/http/event-stream";
import { followLogs } from "@/lib/monitoring/logs/contract";
import { tailLines } from "@/lib/monitoring/logs/tail-lines";

export const GET = route(
  followLogs,
  async ({ caller, query }) => new Response(await tailLines(caller, query), { headers: eventStreamHeaders }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
