import { randomUUID } from "node:crypto";
import { FastResponse } from "srvx/node";
import type { RouteInput } from "@/lib/http/route";
import { answerHeaders } from "./answer-headers";
import { askChat } from "./ask-chat";
import type { createChatCompletion } from "./contract";
import { type ObservedCall, observeCall } from "./observe-call";
import { readAnswer } from "./read-answer";
import { streamAnswer } from "./stream-answer";
import { chunkWriter } from "./to-chunks";
import { toCompletion } from "./to-completion";
import { countsOf } from "./to-usage";

type Asked = Pick<RouteInput<typeof createChatCompletion>, "body" | "caller" | "request" | "requestId" | "log" | "answerHeaders">;

/**
 * Answers one request of chat completions, whole or as a stream of chunks straight from the provider's parts.
 * @throws OpenaiError for what cannot be asked of the model; ModelError when it fails before it says anything
 */
export const completeChat = (asked: Asked): Promise<Response> => observeCall(asked, (observed) => complete(asked, observed));

async function complete(asked: Asked, observed: ObservedCall): Promise<Response> {
  const { body, caller, requestId } = asked;
  const { model, whole, open } = await askChat(body, caller, observed);
  const name = () => ({
    id: `chatcmpl-${randomUUID().replaceAll("-", "")}`,
    created: Math.floor(Date.now() / 1000),
    model: observed.facts?.model ?? model.id,
  });
  if (!body.stream) {
    const answer = readAnswer(await whole());
    observed.end();
    const completion = toCompletion(answer, name(), countsOf(observed.record, answer.usage));
    return FastResponse.json(completion, {
      headers: { "cache-control": "no-store", ...answerHeaders({ ...observed, route: model.route }) },
    });
  }
  const counts = body.stream_options?.include_usage
    ? (usage: Parameters<typeof countsOf>[1]) => countsOf(observed.record, usage)
    : undefined;
  return streamAnswer({
    reply: open(),
    model,
    observed,
    requestId,
    log: () => asked.log,
    makeWriter: () => chunkWriter({ ...name(), counts }),
  });
}
