import { ModelError, type ModelFailure } from "@/lib/core/errors";
import { type Candidate, describeChoice, rankHosts } from "../balance/rank-hosts";
import type { CallContext, CallRecord } from "../call-record";
import { costUsd } from "../cost";
import { admitCall } from "../policy/admit-call";
import { enterLane } from "../queue/lane";
import { saveCall } from "../save-call";
import { estimateTokensOfChars, weighedChars } from "../token-estimate";
import { type Embedded, type EmbedOptions, embedAtHost } from "./embed-at-host";

/** Failures that another host need not share. */
const worthAnother = new Set<ModelFailure>(["host_refused", "timed_out", "overloaded", "crashed", "model_not_installed"]);

/**
 * Vectors for texts, in their order, through the gateway: its policy, its ranking of the hosts, which
 * are asked one after the other until one answers, its time limits, and one row for the call.
 * @throws what `admitCall` refuses with · ModelError `context_too_long` when a text does not fit the model, and for any failure; the signal's reason when aborted
 */
export async function embed(
  modelId: string,
  texts: string[],
  context: CallContext,
  options: EmbedOptions = {},
): Promise<{ vectors: number[][]; inputTokens: number }> {
  const estimated = estimateTokensOfChars(
    texts.reduce((sum, text) => sum + weighedChars(text), 0),
    modelId,
  );
  const admission = await admitCall(modelId, context, { inputTokens: estimated, maxOutputTokens: 0 });
  context.onAdmit?.(admission);
  const startedAt = new Date();
  const record = { ...emptyRecord(modelId, startedAt) };
  const settle = (change: Partial<CallRecord>) => {
    const settled = { ...record, ...change, endedAt: new Date() };
    admission.settle(settled);
    context.onCall?.(settled);
    saveCall({ ...settled, ownerId: context.userId, keyId: context.key?.id ?? null, runId: context.runId, purpose: "embedding" });
  };
  try {
    const began = performance.now();
    const { hostMs, vectors, inputTokens } = await askHosts(await rankHosts(modelId, context, "embedding"), { texts, options, record });
    const { model, upstream, choice, attempts, cache, queuedMs } = record;
    context.onAnswer?.({ model, upstream, choice, attempts, cache, queuedMs, overheadMs: Math.max(0, performance.now() - began - hostMs) });
    const counted = inputTokens ?? estimated;
    const cost = costUsd(modelId, { inputTokens: counted, outputTokens: 0, cachedTokens: 0 });
    settle({
      outcome: "complete",
      inputTokens: counted,
      tokensEstimated: inputTokens === undefined,
      costUsd: cost,
      firstTokenAt: new Date(),
    });
    return { vectors, inputTokens: counted };
  } catch (error) {
    settle(error instanceof ModelError ? { outcome: "failed", reason: error.reason } : { outcome: "stopped" });
    throw error;
  }
}

type Asked = { texts: string[]; options: EmbedOptions; record: CallRecord };

/** Asks the hosts in their order until one answers; notes in the record who did. */
async function askHosts(candidates: Candidate[], { texts, options, record }: Asked): Promise<Embedded & { hostMs: number }> {
  let failure: unknown;
  for (const candidate of candidates) {
    // Not waited for: a host takes texts as they come, but others see how busy it is.
    const place = enterLane(candidate.lane);
    record.upstream = candidate.target.upstream.name;
    record.choice = describeChoice(candidate);
    record.attempts++;
    const askedAt = performance.now();
    try {
      const embedded = await embedAtHost(candidate, texts, options);
      place.onFirstToken();
      return { ...embedded, hostMs: performance.now() - askedAt };
    } catch (error) {
      failure ??= error;
      if (!(error instanceof ModelError && worthAnother.has(error.reason))) throw error;
      if (error.retryAfterS) candidate.lane.pausedUntil = Date.now() + error.retryAfterS * 1000;
    } finally {
      place.leave();
    }
  }
  throw failure;
}

function emptyRecord(model: string, startedAt: Date): CallRecord {
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
