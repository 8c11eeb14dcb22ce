import { otherMethods, route } from "@/lib/auth/route";
import { askCopilot } from "@/lib/chat/copilot/ask-copilot";
import { askCopilot as contract } from "@/lib/chat/copilot/contract";
import { runResponse } from "@/lib/chat/run-response";
import { setHeaders } from "@/lib/http/set-headers";

export const POST = route(contract, async ({ caller, body, answerHeaders, log }) => {
  const { runId, rateHeaders } = await askCopilot({ ...body, ownerId: caller.userId, keyId: caller.key?.id });
  setHeaders(answerHeaders, rateHeaders);
  log.info({ runId }, "run accepted");
  return runResponse({ caller, runId, from: 0 });
});

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
