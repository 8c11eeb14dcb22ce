import { contextTokensOf } from "../context-tokens";
import { costUsd } from "../cost";
import { gatewaySettings } from "../gateway-settings";
import { gatewayState } from "../gateway-state";
import { findHostModel } from "../host-model";
import { prefixOf, splitModelId } from "../upstream";
import type { CallSize } from "./hold";

/** The most that a call is taken to need. */
export type Worst = { tokens: number; usd: number };

/** What a reply is taken to need at most when the call does not say. */
const defaultOutputTokens = 4_096;

/**
 * The most that a call is taken to need, in tokens and US dollars: its prompt and the longest reply it asks for, 4,096 tokens
 * when it asks for none, and no more than the model's context where that is known. `outputTokens` is the reply's part of it.
 * A model with a price an hour is taken to work for as long as a reply may take.
 */
export function worstCase(modelId: string, size: CallSize): Worst & { outputTokens: number } {
  const inputTokens = size.inputTokens(modelId);
  const contextLength = contextLengthOf(modelId);
  const mostTokens = contextLength === null ? Number.POSITIVE_INFINITY : contextTokensOf(modelId, contextLength);
  const outputTokens = Math.min(size.maxOutputTokens ?? defaultOutputTokens, mostTokens);
  const usd = costUsd(modelId, { inputTokens, outputTokens, cachedTokens: 0 }, gatewaySettings().replyTimeoutMs);
  return { tokens: inputTokens + outputTokens, usd, outputTokens };
}

function contextLengthOf(modelId: string): number | null {
  const { prefix, name } = splitModelId(modelId);
  for (const host of gatewayState().hosts.values()) {
    const known = prefixOf(host.upstream) === prefix ? findHostModel(host, name)?.contextLength : undefined;
    if (known) return known;
  }
  return null;
}
