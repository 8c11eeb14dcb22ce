import { type MessageUsage, truncatedNoteId } from "@/db/schema/json";
import type { AgentContext } from "../run-input";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import { maxToolSteps, wantsMore } from "./generate";

type Counted = "inputTokens" | "outputTokens" | "cachedTokens" | "reasoningTokens" | "costUsd";

/** Adds up what the run took. Storing the reply is the chat's business, which also does it for runs that fail. */
export function finish(state: AgentState, config: AgentConfig): AgentUpdate {
  const context = contextOf(config);
  if (wantsMore(state) && !state.isAsking)
    context.emit({ type: "data-note", data: `The model was still calling tools after ${maxToolSteps} rounds and was stopped there.` });
  if (state.ending === "length") context.emit({ type: "data-note", id: truncatedNoteId, data: lengthNote(state, context) });
  if (state.ending === "content-filter")
    context.emit({ type: "data-note", data: "The model's host ended the reply here: its content filter does not let more through." });
  return { usage: sumUsage(context) };
}

function lengthNote({ contextTokens }: AgentState, { calls, options }: AgentContext): string {
  const { inputTokens = 0, outputTokens = 0 } = calls.at(-1) ?? {};
  const tokens = (count: number) => `${count.toLocaleString("en")} tokens`;
  // Counts may be estimates, and templates take a few tokens of their own.
  if (options.maxTokens && outputTokens >= 0.9 * options.maxTokens)
    return `The reply reached its longest length of ${tokens(options.maxTokens)}.`;
  if (inputTokens + outputTokens >= 0.9 * contextTokens) return `The reply filled this model's context of ${tokens(contextTokens)}.`;
  return "The reply reached the longest length that its model, or a budget, allows.";
}

/** Where a reply came from that took no host at all. */
function cacheOf(calls: AgentContext["calls"]): MessageUsage["cache"] {
  if (calls.length === 0 || calls.some(({ cache }) => cache !== "hit" && cache !== "similar")) return undefined;
  return calls.some(({ cache }) => cache === "similar") ? "similar" : "hit";
}

/** Sums the run's model calls. Time to first token is the first call's. */
export function sumUsage({ calls, startedAt }: Pick<AgentContext, "calls" | "startedAt">): MessageUsage {
  const sum = (field: Counted) => calls.reduce((total, call) => total + call[field], 0);
  const [first] = calls;
  const { upstream } = calls.at(-1) ?? {};
  return {
    upstream: upstream === "none" ? undefined : upstream,
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    cachedTokens: sum("cachedTokens") || undefined,
    reasoningTokens: sum("reasoningTokens") || undefined,
    tokensEstimated: calls.some(({ tokensEstimated }) => tokensEstimated) || undefined,
    costUsd: sum("costUsd"),
    cache: cacheOf(calls),
    durationMs: Math.round(performance.now() - startedAt),
    timeToFirstTokenMs: first?.firstTokenAt ? first.firstTokenAt.getTime() - first.startedAt.getTime() : 0,
    writingMs: calls.reduce((all, { firstTokenAt, endedAt }) => all + (firstTokenAt ? endedAt.getTime() - firstTokenAt.getTime() : 0), 0),
  };
}
