import type { MessageUsage } from "@/db/schema/json";
import type { AgentContext } from "../run-input";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import { maxToolSteps, wantsMore } from "./generate";

type Counted = "inputTokens" | "outputTokens" | "cachedTokens" | "reasoningTokens" | "costUsd";

/** Adds up what the run took. Storing the reply is the chat's business, which also does it for runs that fail. */
export function finish(state: AgentState, config: AgentConfig): AgentUpdate {
  const context = contextOf(config);
  if (wantsMore(state))
    context.emit({ type: "data-note", data: `The model was still calling tools after ${maxToolSteps} rounds and was stopped there.` });
  return { usage: sumUsage(context) };
}

/** Sums the run's model calls. Time to first token is the first call's. */
export function sumUsage({ calls, startedAt }: Pick<AgentContext, "calls" | "startedAt">): MessageUsage {
  const sum = (field: Counted) => calls.reduce((total, call) => total + call[field], 0);
  const [first] = calls;
  return {
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    cachedTokens: sum("cachedTokens") || undefined,
    reasoningTokens: sum("reasoningTokens") || undefined,
    costUsd: sum("costUsd"),
    durationMs: Math.round(performance.now() - startedAt),
    timeToFirstTokenMs: first?.firstTokenAt ? first.firstTokenAt.getTime() - first.startedAt.getTime() : 0,
  };
}
