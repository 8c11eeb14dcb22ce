import { route } from "@/lib/auth/route";
import { getConversation } from "@/lib/chat/get-conversation";
import { browserFollow } from "@/lib/chat/page-contract";
import { runResponse } from "@/lib/chat/run-response";

export const GET = route(browserFollow, async ({ caller, params }) => {
  const ownerId = caller.userId;
  const { activeRunId } = await getConversation({ ownerId, ...params });
  return activeRunId ? runResponse({ runId: activeRunId, ownerId, from: 0 }) : new Response(null, { status: 204 });
});
