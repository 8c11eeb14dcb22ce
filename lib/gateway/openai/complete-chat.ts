import { randomUUID } from "node:crypto";
import { FastResponse } from "srvx/node";
import type { RouteInput } from "@/lib/http/route";
import { answerHeaders } from "./answer-headers";
import { chatModel } from "./chat-model";
import { checkedReply } from "./checked-reply";
import type { createChatCompletion } from "./contract";
import { type ObservedCall, observeCall } from "./observe-call";
import { openReply, replyOf } from "./open-reply";
import { readAnswer } from "./read-answer";
import { replyCheck } from "./reply-check";
import { streamAnswer } from "./stream-answer";
import { toCallOptions } from "./to-call-options";
import { chunkWriter } from "./to-chunks";
import { toCompletion } from "./to-completion";
import { countsOf } from "./to-usage";

type Asked = Pick<RouteInput<typeof createChatCompletion>, "body" | "caller" | "request" | "requestId" | "log" | "answerHeaders">;

/**
 * Answers one request of chat completions, whole or as a stream of chunks straight from the provider's parts.
 * @throws OpenaiError for what cannot be asked of the model; ModelError when it fails before it says anything
 */
export const completeChat = (asked: Asked): Promise<Response> => observeCall(asked, (observed) => complete(asked, observed));

async function complete({ body, caller, requestId, log }: Asked, observed: ObservedCall): Promise<Response> {
  const model = await chatModel(body, caller);
  observed.context.fallbacks = model.route?.fallbacks;
  const options = { ...toCallOptions(body, model), abortSignal: observed.signal };
  const check = replyCheck(body, model);
  const whole = { modelId: model.id, observed, options, check };
  const name = () => ({
    id: `chatcmpl-${randomUUID().replaceAll("-", "")}`,
    created: Math.floor(Date.now() / 1000),
    model: observed.facts?.model ?? model.id,
  });
  if (!body.stream) {
    const answer = readAnswer(await checkedReply(whole));
    observed.end();
    const completion = toCompletion(answer, name(), countsOf(observed.record, answer.usage));
    return FastResponse.json(completion, {
      headers: { "cache-control": "no-store", ...answerHeaders({ ...observed, route: model.route }) },
    });
  }
  const reply = check && !check.isSure ? checkedReply(whole).then(replyOf) : openReply(model.id, observed.context, options);
  const counts = body.stream_options?.include_usage
    ? (usage: Parameters<typeof countsOf>[1]) => countsOf(observed.record, usage)
    : undefined;
  return streamAnswer({ reply, model, observed, requestId, log, makeWriter: () => chunkWriter({ ...name(), counts }) });
}
