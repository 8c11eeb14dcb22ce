import { otherMethods, route } from "@/lib/auth/route";
import { startForProgram, wholeReply } from "@/lib/chat/answer-message";
import { chat } from "@/lib/chat/contract";
import { runResponse } from "@/lib/chat/run-response";
import { setHeaders } from "@/lib/http/set-headers";
import { wantsFresh } from "@/lib/http/wants-fresh";

export const POST = route(chat, async ({ caller, body, request, answerHeaders, log }) => {
  const { message: text, stream, temporary, conversationId, parentId, ...options } = body;
  const ownerId = caller.userId;
  const asked = { text, temporary, conversationId, parentId, options, isFresh: wantsFresh(request.headers) };
  const started = await startForProgram({ ...asked, ownerId, keyId: caller.key?.id });
  setHeaders(answerHeaders, started.rateHeaders);
  log.info({ runId: started.runId }, "run accepted");
  if (stream) return runResponse({ caller, runId: started.runId, from: 0 });
  const message = await wholeReply(started, ownerId);
  return { conversationId: started.conversationId, runId: started.runId, message };
});

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
