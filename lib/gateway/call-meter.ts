import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import type { ModelError } from "@/lib/core/errors";
import { saveCall } from "@/lib/monitoring/calls/save-call";
import type { CallContext, CallRecord } from "./call-record";
import { costUsd } from "./cost";
import { callSize } from "./policy/call-size";
import { promptSize } from "./prompt-size";
import { estimateTokensOfChars, learnTokens, weighedChars } from "./token-estimate";
import { endCallSpan, replyContent } from "./trace-call";

export type CallMeter = ReturnType<typeof startMeter>;

type Noted = Pick<CallRecord, "model" | "requestedModel" | "upstream" | "choice" | "attempts" | "cache" | "queuedMs">;
/** `cause` is what was thrown, where that was no failure of a model. */
type Settled = { outcome: CallRecord["outcome"]; failure?: ModelError; cause?: unknown };

/** Counts what one call takes, from its start to `settle`. */
export function startMeter(modelId: string, context: CallContext, options: LanguageModelV4CallOptions) {
  const startedAt = new Date();
  const began = performance.now();
  /** Fields of the record that the stages find out on the way. */
  const noted: Noted = { model: modelId, upstream: "none", attempts: 0, cache: "off", queuedMs: 0 };
  let firstTokenAt: Date | null = null;
  let hasWords = false;
  let isWhole = false;
  let outputChars = 0;
  let reasoningChars = 0;
  let usage: LanguageModelV4Usage | undefined;
  let isSettled = false;
  /** A host that did not answer worked for nobody. */
  let workedMs = () => 0;
  const reply = context.span?.keepsContent ? replyContent() : undefined;

  return {
    /** Takes down what a stage found out. */
    note(facts: Partial<Noted>) {
      Object.assign(noted, facts);
    },
    /** A host answers; `worked` is the call's share of its time so far, in milliseconds. */
    onHost(worked: () => number) {
      workedMs = worked;
    },
    /** The call begins to answer; `hostMs` is how long the host that answers took to its first token, `similarTo` whose answer is given again. */
    onAnswer(hostMs: number, similarTo?: string) {
      const overheadMs = Math.max(0, performance.now() - began - hostMs - noted.queuedMs);
      context.onAnswer?.({ ...noted, overheadMs, ...(similarTo !== undefined && { similarTo }) });
    },
    onPart(part: LanguageModelV4StreamPart) {
      if (part.type === "finish") usage = part.usage;
      reply?.onPart(part);
      const words = wordsOf(part);
      if (words === undefined) return;
      hasWords = true;
      if (!isWhole) firstTokenAt ??= new Date();
      outputChars += weighedChars(words);
      if (part.type === "reasoning-delta") reasoningChars += weighedChars(words);
    },
    /** The reply comes as a whole, so that it has no first token. */
    onWhole() {
      isWhole = true;
    },
    /** Whether anything was said. */
    hasContent: () => hasWords,
    /** Ends the count: tells the caller, stores the record without waiting, and learns from the host's figures. */
    settle({ outcome, failure, cause = failure }: Settled): void {
      if (isSettled) return;
      isSettled = true;
      const counted = countTokens();
      const endedAt = new Date();
      const tokens = { ...counted, costUsd: isAsked() ? costUsd(noted.model, counted, workedMs()) : 0 };
      const record: CallRecord = {
        ...noted,
        outcome,
        reason: failure?.reason,
        ...tokens,
        startedAt,
        firstTokenAt,
        endedAt,
      };
      context.onCall?.(record);
      if (reply) context.span?.tell({ output: reply.text() });
      if (context.span) endCallSpan(context.span, record, cause);
      saveCall(record, context);
    },
  };

  /** Whether a host was asked for this call, and not only for another or long ago. */
  function isAsked() {
    return noted.cache === "off" || noted.cache === "miss";
  }

  function countTokens() {
    const input = believable(usage?.inputTokens.total) || undefined;
    const output = believable(usage?.outputTokens.total) || undefined;
    const prompt = promptSize(options.prompt);
    const reasoningTokens = believable(usage?.outputTokens.reasoning) ?? estimateTokensOfChars(reasoningChars, noted.model);
    // Below these sizes a template's own tokens would drown the text's. Every call teaches once.
    if (input && isAsked() && prompt.isTextOnly && !options.tools?.length && prompt.chars >= 400)
      learnTokens(noted.model, prompt.chars, input);
    const shown = output && (reasoningChars > 0 ? output : output - reasoningTokens);
    if (shown && shown >= 20 && isAsked()) learnTokens(noted.model, outputChars, shown);
    const wasRead = hasWords || usage !== undefined;
    return {
      inputTokens: input ?? (wasRead ? callSize(options).inputTokens(noted.model) : 0),
      outputTokens: output ?? estimateTokensOfChars(outputChars, noted.model),
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
