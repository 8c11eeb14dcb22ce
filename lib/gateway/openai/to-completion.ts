import { finishReasonOf } from "./finish-reason";
import type { Answer } from "./read-answer";
import { type Counts, toUsage } from "./to-usage";

/** What a completion is called by: an id of its own, its time in seconds, and the model that answered. */
export type ReplyName = { id: string; created: number; model: string };

/** A whole answer as OpenAI's chat completion: https://platform.openai.com/docs/api-reference/chat/object */
export function toCompletion(answer: Answer, { id, created, model }: ReplyName, counts: Counts) {
  const { text, isRefusal, reasoning, toolCalls, logprobs, finish } = answer;
  const message = {
    role: "assistant",
    content: isRefusal || (text === "" && toolCalls.length > 0) ? null : text,
    refusal: isRefusal ? text : null,
    ...(reasoning !== "" && { reasoning_content: reasoning }),
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call) => ({ id: call.id, type: "function", function: { name: call.name, arguments: call.arguments } })),
    }),
  };
  return {
    id,
    object: "chat.completion",
    created,
    model,
    choices: [
      {
        index: 0,
        message,
        logprobs: logprobs.length > 0 ? { content: logprobs, refusal: null } : null,
        finish_reason: isRefusal ? "stop" : finishReasonOf(finish, toolCalls.length > 0),
      },
    ],
    usage: toUsage(counts),
  };
}
