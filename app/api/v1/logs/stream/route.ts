import { otherMethods, route } from "@/lib/auth/route";
import { eventStreamHeaders } from "@/lib/http/event-stream";
import { streamLogs } from "@/lib/monitoring/logs/contract";
import { streamLogs as stream } from "@/lib/monitoring/logs/public/stream-logs";

export const GET = route(streamLogs, async ({ caller, query, request }) => {
  const cursor = request.headers.get("last-event-id") || query.cursor;
  return new Response(await stream(caller, { ...query, cursor }), { headers: eventStreamHeaders });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
