import { route } from "@/lib/auth/route";
import { startForProgram, wholeReply } from "@/lib/chat/answer-message";
import { chat } from "@/lib/chat/contract";
import { runResponse } from "@/lib/chat/run-response";

export const POST = route(chat, async ({ caller, body }) => {
  const { message: text, stream, temporary, conversationId, parentId, ...options } = body;
  const ownerId = caller.userId;
  const started = await startForProgram({ ownerId, text, temporary, conversationId, parentId, options });
  if (stream) return runResponse({ runId: started.runId, ownerId, from: 0 });
  const message = await wholeReply(started, ownerId);
  return { conversationId: started.conversationId, runId: started.runId, message };
});
