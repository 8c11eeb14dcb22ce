import { otherMethods, route } from "@/lib/auth/route";
import { followRun } from "@/lib/chat/contract";
import { runResponse } from "@/lib/chat/run-response";

export const GET = route(followRun, ({ caller, params, query, request }) => {
  const lastSeen = Number.parseInt(request.headers.get("last-event-id") ?? "", 10);
  const from = query.from ?? (lastSeen >= 0 ? lastSeen + 1 : 0);
  return runResponse({ caller, ...params, from });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
