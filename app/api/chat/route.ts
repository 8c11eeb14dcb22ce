import { route } from "@/lib/auth/route";
import { browserChat } from "@/lib/chat/page-contract";
import { runResponse } from "@/lib/chat/run-response";
import { startFromPage } from "@/lib/chat/start-from-page";

export const POST = route(browserChat, async ({ caller, body }) => {
  const ownerId = caller.userId;
  const { runId } = await startFromPage({ ownerId, ...body });
  return runResponse({ runId, ownerId, from: 0 });
});
