import type { LanguageModelV4FinishReason } from "@ai-sdk/provider";

type FinishReason = "stop" | "length" | "content_filter" | "tool_calls";

/** OpenAI's word for the reason a reply ended. */
export function finishReasonOf(unified: LanguageModelV4FinishReason["unified"], hasToolCalls: boolean): FinishReason {
  if (unified === "length") return "length";
  if (unified === "content-filter") return "content_filter";
  return hasToolCalls ? "tool_calls" : "stop";
}
