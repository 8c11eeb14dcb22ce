import { readNow } from "@/app/(workspace)/monitoring/read-now";
import { otherMethods, route } from "@/lib/auth/route";
import { eventStreamHeaders } from "@/lib/http/event-stream";
import { followChanges as contract } from "@/lib/monitoring/live/contract";
import { followChanges } from "@/lib/monitoring/live/follow-changes";

export const GET = route(
  contract,
  ({ caller, query }) => new Response(followChanges(caller, query, { readNow }), { headers: eventStreamHeaders }),
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
