import { ModelError } from "@/lib/core/errors";
import { saveCall } from "@/lib/monitoring/calls/save-call";
import type { CallContext, CallRecord } from "../call-record";
import { costUsd } from "../cost";
import { askModel } from "../failover/ask-model";
import { type AskOnce, noEffort } from "../failover/model-call";
import { earnRetry } from "../failover/retry-budget";
import { admitCall } from "../policy/admit-call";
import { estimateTokensOfChars, weighedChars } from "../token-estimate";
import { embeddedContent, endCallSpan, startCallSpan } from "../trace-call";
import { type Embedded, type EmbedOptions, embedAtHost } from "./embed-at-host";

/**
 * Vectors for texts, in their order, through the stages of every call: policy → queue → breaker → provider → accounting, with
 * retries and the model's other hosts. No other model stands in: its vectors could not be compared with this one's.
 * @throws what `admitCall` refuses with · RateLimitedError when too many wait · ModelError `context_too_long` when a text does not fit the model, and for any failure; the signal's reason when aborted
 */
export async function embed(
  modelId: string,
  texts: string[],
  given: CallContext,
  options: EmbedOptions = {},
): Promise<{ vectors: number[][]; inputTokens: number }> {
  const estimated = estimateTokensOfChars(
    texts.reduce((sum, text) => sum + weighedChars(text), 0),
    modelId,
  );
  const span = startCallSpan(modelId, given, "embedding");
  if (span.keepsContent) span.tell({ input: embeddedContent(texts) });
  const context = { ...given, span };
  const admission = await admitCall(modelId, context, { inputTokens: () => estimated, maxOutputTokens: 0 }).catch((error) => {
    if (given.span) span.end({ error });
    throw error;
  });
  context.onAdmit?.(admission);
  const record = emptyRecord(modelId);
  const settle = (change: Partial<CallRecord>, failure?: unknown) => {
    const settled = { ...record, ...change, endedAt: new Date() };
    admission.settle(settled);
    context.onCall?.(settled);
    endCallSpan(span, settled, failure);
    saveCall(settled, { ...context, purpose: "embedding" });
  };
  try {
    const { vectors, inputTokens, workedMs } = await askHosts({ texts, context, options, record });
    const counted = inputTokens ?? estimated;
    settle({
      outcome: "complete",
      inputTokens: counted,
      tokensEstimated: inputTokens === undefined,
      costUsd: costUsd(modelId, { inputTokens: counted, outputTokens: 0, cachedTokens: 0 }, workedMs),
      firstTokenAt: new Date(),
    });
    return { vectors, inputTokens: counted };
  } catch (error) {
    const isStopped = options.signal?.aborted ?? false;
    settle(
      isStopped ? { outcome: "stopped" } : { outcome: "failed", reason: error instanceof ModelError ? error.reason : undefined },
      error,
    );
    throw error;
  }
}

type Asked = { texts: string[]; context: CallContext; options: EmbedOptions; record: CallRecord };

/** Gets the texts embedded by one of the model's hosts. The record gets what is found out on the way. */
async function askHosts({ texts, context, options, record }: Asked): Promise<Embedded & { workedMs: number }> {
  earnRetry();
  const began = performance.now();
  const effort = noEffort();
  let workedMs = () => 0;
  const meter = {
    note: (facts: Partial<CallRecord>) => void Object.assign(record, facts),
    onHost(worked: () => number) {
      workedMs = worked;
    },
  };
  const askOnce: AskOnce<Embedded> = (candidate, onSettle) => embedAtHost(candidate, { texts, ...options, onSettle });
  const { signal: abortSignal } = options;
  const embedded = await askModel({ modelId: record.model, use: "embedding", context, options: { abortSignal }, meter, askOnce, effort });
  const { model, upstream, choice, attempts, cache, queuedMs } = record;
  const overheadMs = Math.max(0, performance.now() - began - effort.hostMs - effort.queuedMs);
  context.onAnswer?.({ model, upstream, choice, attempts, cache, queuedMs, overheadMs });
  return { ...embedded, workedMs: workedMs() };
}

function emptyRecord(model: string): CallRecord {
  const startedAt = new Date();
  return {
    model,
    upstream: "none",
    attempts: 0,
    cache: "off",
    queuedMs: 0,
    outcome: "failed",
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    reasoningTokens: 0,
    tokensEstimated: false,
    costUsd: 0,
    startedAt,
    firstTokenAt: null,
    endedAt: startedAt,
  };
}
