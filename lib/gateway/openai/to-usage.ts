import type { LanguageModelV4Usage } from "@ai-sdk/provider";
import type { CallRecord } from "../call-record";

/** Token counts of an answer, the estimated ones included. */
export type Counts = { input: number; output: number; cached: number; reasoning: number };

/** What an answer took: as the call's record has it, which is settled by then and estimates what the host left out. */
export function countsOf(record: CallRecord | undefined, usage: LanguageModelV4Usage | undefined): Counts {
  if (record)
    return { input: record.inputTokens, output: record.outputTokens, cached: record.cachedTokens, reasoning: record.reasoningTokens };
  return {
    input: usage?.inputTokens.total ?? 0,
    output: usage?.outputTokens.total ?? 0,
    cached: usage?.inputTokens.cacheRead ?? 0,
    reasoning: usage?.outputTokens.reasoning ?? 0,
  };
}

/** Counts in the shape of chat completions. */
export function toUsage({ input, output, cached, reasoning }: Counts) {
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: reasoning },
  };
}

/** Counts in the shape of the Responses API. */
export function toResponseUsage({ input, output, cached, reasoning }: Counts) {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cached },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
