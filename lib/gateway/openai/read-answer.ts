import type { LanguageModelV4FinishReason, LanguageModelV4Usage, LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { logprobsOf } from "./logprobs";

export type ToolCall = { id: string; name: string; arguments: string };

/** What a whole reply says. `isRefusal` when its text is the model's own refusal; `logprobs` are the host's own entries, in their order. */
export type Answer = {
  text: string;
  isRefusal: boolean;
  reasoning: string;
  toolCalls: ToolCall[];
  logprobs: unknown[];
  finish: LanguageModelV4FinishReason["unified"];
  usage: LanguageModelV4Usage | undefined;
};

/** Puts a reply's parts together. */
export function readAnswer(parts: Part[]): Answer {
  const answer: Answer = { text: "", isRefusal: false, reasoning: "", toolCalls: [], logprobs: [], finish: "other", usage: undefined };
  for (const part of parts) {
    switch (part.type) {
      case "text-delta":
        answer.text += part.delta;
        break;
      case "reasoning-delta":
        answer.reasoning += part.delta;
        break;
      case "tool-call":
        if (!part.providerExecuted) answer.toolCalls.push({ id: part.toolCallId, name: part.toolName, arguments: part.input });
        break;
      case "raw":
        answer.logprobs.push(...(logprobsOf(part.rawValue)?.content ?? []));
        break;
      case "finish":
        answer.finish = part.finishReason.unified;
        answer.usage = part.usage;
        answer.isRefusal = isRefusal(part.finishReason);
    }
  }
  return answer;
}

/** OpenAI's package gives a refusal as text, and tells it only by calling a reply filtered that the host calls whole. */
const isRefusal = ({ unified, raw }: LanguageModelV4FinishReason) => unified === "content-filter" && raw === "stop";
