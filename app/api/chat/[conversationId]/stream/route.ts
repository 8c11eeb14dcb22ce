import { otherMethods, route } from "@/lib/auth/route";
import { getConversation } from "@/lib/chat/get-conversation";
import { browserFollow } from "@/lib/chat/page-contract";
import { runResponse } from "@/lib/chat/run-response";

export const GET = route(browserFollow, async ({ caller, params }) => {
  const { activeRunId } = await getConversation({ ownerId: caller.userId, ...params });
  return activeRunId ? runResponse({ caller, runId: activeRunId, from: 0 }) : new Response(null, { status: 204 });
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
