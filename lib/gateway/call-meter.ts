import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import type { ModelError } from "@/lib/core/errors";
import type { CallContext, CallRecord } from "./call-record";
import { costUsd } from "./cost";
import { promptSize } from "./prompt-size";
import { saveCall } from "./save-call";
import { estimateTokensOfChars, learnTokens, weighedChars } from "./token-estimate";

export type CallMeter = ReturnType<typeof startMeter>;

type Settled = { outcome: CallRecord["outcome"]; failure?: ModelError };

/** Counts what one call takes, from its start to `settle`. */
export function startMeter(modelId: string, context: CallContext, options: LanguageModelV4CallOptions) {
  const startedAt = new Date();
  let upstream = "none";
  let firstTokenAt: Date | null = null;
  let outputChars = 0;
  let reasoningChars = 0;
  let usage: LanguageModelV4Usage | undefined;
  let isSettled = false;

  return {
    onUpstream(name: string) {
      upstream = name;
    },
    onPart(part: LanguageModelV4StreamPart) {
      if (part.type === "finish") usage = part.usage;
      const words = wordsOf(part);
      if (words === undefined) return;
      firstTokenAt ??= new Date();
      outputChars += weighedChars(words);
      if (part.type === "reasoning-delta") reasoningChars += weighedChars(words);
    },
    /** Whether anything was said. */
    get hasContent() {
      return firstTokenAt !== null;
    },
    /** Ends the count: tells the caller, stores the record without waiting, and learns from the host's figures. */
    settle({ outcome, failure }: Settled): void {
      if (isSettled) return;
      isSettled = true;
      const counted = countTokens();
      const tokens = { ...counted, costUsd: costUsd(modelId, counted) };
      const record: CallRecord = {
        model: modelId,
        upstream,
        outcome,
        reason: failure?.reason,
        ...tokens,
        startedAt,
        firstTokenAt,
        endedAt: new Date(),
      };
      context.onCall?.(record);
      saveCall({ ...record, ownerId: context.userId, runId: context.runId, purpose: context.purpose });
    },
  };

  function countTokens() {
    const input = believable(usage?.inputTokens.total) || undefined;
    const output = believable(usage?.outputTokens.total) || undefined;
    const prompt = promptSize(options.prompt);
    const reasoningTokens = believable(usage?.outputTokens.reasoning) ?? estimateTokensOfChars(reasoningChars, modelId);
    // Below these sizes a template's own tokens would drown the text's.
    if (input && prompt.isTextOnly && !options.tools?.length && prompt.chars >= 400) learnTokens(modelId, prompt.chars, input);
    const shown = output && (reasoningChars > 0 ? output : output - reasoningTokens);
    if (shown && shown >= 20) learnTokens(modelId, outputChars, shown);
    const wasRead = firstTokenAt !== null || usage !== undefined;
    return {
      inputTokens: input ?? (wasRead ? estimateTokensOfChars(prompt.chars, modelId) : 0),
      outputTokens: output ?? estimateTokensOfChars(outputChars, modelId),
      cachedTokens: believable(usage?.inputTokens.cacheRead) ?? 0,
      reasoningTokens,
      tokensEstimated: wasRead && (input === undefined || output === undefined),
    };
  }
}

/** More than any context holds. Beyond it, and between whole numbers, a host's count is not one, and could not be stored. */
const mostTokens = 100_000_000;

function believable(count: number | undefined): number | undefined {
  return count !== undefined && Number.isInteger(count) && count >= 0 && count <= mostTokens ? count : undefined;
}

function wordsOf(part: LanguageModelV4StreamPart): string | undefined {
  if (part.type === "text-delta" || part.type === "reasoning-delta") return part.delta;
  if (part.type === "tool-call") return part.input;
  return part.type === "file" ? "" : undefined;
}
