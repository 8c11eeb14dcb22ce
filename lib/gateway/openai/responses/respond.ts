import type { RouteInput } from "@/lib/http/route";
import { answerHeaders } from "../answer-headers";
import { chatModel } from "../chat-model";
import { checkedReply } from "../checked-reply";
import type { createOpenaiResponse } from "../contract";
import { type ObservedCall, observeCall } from "../observe-call";
import { openReply, replyOf } from "../open-reply";
import { readAnswer } from "../read-answer";
import { replyCheck } from "../reply-check";
import { streamAnswer } from "../stream-answer";
import { toCallOptions } from "../to-call-options";
import { countsOf } from "../to-usage";
import { itemId } from "./output-items";
import { outputWriter } from "./output-writer";
import { toChatRequest } from "./to-chat-request";
import { toResponse } from "./to-response";
import { responseWriter } from "./to-response-events";

type Asked = Pick<RouteInput<typeof createOpenaiResponse>, "body" | "caller" | "request" | "requestId" | "log" | "answerHeaders">;
type Parts = Awaited<ReturnType<typeof checkedReply>>;

/**
 * Answers one request of the Responses API, whole or as its stream of events. Nothing of it is kept.
 * @throws OpenaiError for what cannot be asked of the model; ModelError when it fails before it says anything
 */
export const respond = (asked: Asked): Promise<Response> => observeCall(asked, (observed) => answer(asked, observed));

async function answer({ body, caller, requestId, log }: Asked, observed: ObservedCall): Promise<Response> {
  const chat = toChatRequest(body);
  const model = await chatModel(chat, caller);
  observed.context.fallbacks = model.route?.fallbacks;
  const options = { ...toCallOptions(chat, model), abortSignal: observed.signal };
  const check = replyCheck(chat, model);
  const asked = { modelId: model.id, observed, options, check };
  const name = () => ({ id: itemId("resp"), created: Math.floor(Date.now() / 1000), model: observed.facts?.model ?? model.id });
  if (!body.stream) {
    const parts = await checkedReply(asked);
    observed.end();
    const { finish, usage } = readAnswer(parts);
    const response = toResponse(body, name(), { output: outputOf(parts), finish, counts: countsOf(observed.record, usage) });
    return Response.json(response, { headers: { "cache-control": "no-store", ...answerHeaders({ ...observed, route: model.route }) } });
  }
  const reply = check && !check.isSure ? checkedReply(asked).then(replyOf) : openReply(model.id, observed.context, options);
  const counts = (usage: Parameters<typeof countsOf>[1]) => countsOf(observed.record, usage);
  const makeWriter = () => responseWriter({ request: body, name: name(), counts });
  return streamAnswer({ reply, model, observed, requestId, log, makeWriter });
}

/** The items of a whole reply. */
function outputOf(parts: Parts) {
  const items = outputWriter(() => "");
  for (const part of parts) {
    if (part.type === "text-delta") items.addText("text", part.delta);
    else if (part.type === "reasoning-delta") items.addText("reasoning", part.delta);
    else if (part.type === "tool-call" && !part.providerExecuted) items.endCall(part.toolCallId, part.toolName, part.input);
  }
  items.closeBlock();
  return items.output;
}
