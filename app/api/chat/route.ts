import { otherMethods, route } from "@/lib/auth/route";
import { browserChat } from "@/lib/chat/page-contract";
import { runResponse } from "@/lib/chat/run-response";
import { startFromPage } from "@/lib/chat/start-from-page";
import { setHeaders } from "@/lib/http/set-headers";

export const POST = route(browserChat, async ({ caller, body, answerHeaders, log }) => {
  const { runId, rateHeaders } = await startFromPage({ ...body, ownerId: caller.userId, keyId: caller.key?.id });
  setHeaders(answerHeaders, rateHeaders);
  log.info({ runId }, "run accepted");
  return runResponse({ caller, runId, from: 0 });
});

export const { HEAD, GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
