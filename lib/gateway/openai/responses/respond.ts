import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { RouteInput } from "@/lib/http/route";
import { answerHeaders } from "../answer-headers";
import { askChat } from "../ask-chat";
import type { createOpenaiResponse } from "../contract";
import { type ObservedCall, observeCall } from "../observe-call";
import { readAnswer } from "../read-answer";
import { streamAnswer } from "../stream-answer";
import { countsOf } from "../to-usage";
import { itemId } from "./output-items";
import { outputWriter } from "./output-writer";
import { toChatRequest } from "./to-chat-request";
import { toResponse } from "./to-response";
import { responseWriter } from "./to-response-events";

type Asked = Pick<RouteInput<typeof createOpenaiResponse>, "body" | "caller" | "request" | "requestId" | "log" | "answerHeaders">;

/**
 * Answers one request of the Responses API, whole or as its stream of events. Nothing of it is kept.
 * @throws OpenaiError for what cannot be asked of the model; ModelError when it fails before it says anything
 */
export const respond = (asked: Asked): Promise<Response> => observeCall(asked, (observed) => answer(asked, observed));

async function answer(asked: Asked, observed: ObservedCall): Promise<Response> {
  const { body, caller, requestId } = asked;
  const { model, whole, open } = await askChat(toChatRequest(body), caller, observed);
  const name = () => ({ id: itemId("resp"), created: Math.floor(Date.now() / 1000), model: observed.facts?.model ?? model.id });
  if (!body.stream) {
    const parts = await whole();
    observed.end();
    const { finish, usage } = readAnswer(parts);
    const response = toResponse(body, name(), { output: outputOf(parts), finish, counts: countsOf(observed.record, usage) });
    return Response.json(response, { headers: { "cache-control": "no-store", ...answerHeaders({ ...observed, route: model.route }) } });
  }
  const counts = (usage: Parameters<typeof countsOf>[1]) => countsOf(observed.record, usage);
  const makeWriter = () => responseWriter({ request: body, name: name(), counts });
  return streamAnswer({ reply: open(), model, observed, requestId, log: () => asked.log, makeWriter });
}

/** The items of a whole reply. */
function outputOf(parts: Part[]) {
  const items = outputWriter(() => "");
  for (const part of parts) {
    if (part.type === "text-delta") items.addText("text", part.delta);
    else if (part.type === "reasoning-delta") items.addText("reasoning", part.delta);
    else if (part.type === "tool-call" && !part.providerExecuted) items.endCall(part.toolCallId, part.toolName, part.input);
  }
  items.closeBlock();
  return items.output;
}
