import type { MessageUsage } from "@/db/schema/json";
import type { AgentContext } from "../run-input";
import { type AgentConfig, type AgentUpdate, contextOf } from "../state";

type Counted = "inputTokens" | "outputTokens" | "cachedTokens" | "reasoningTokens" | "costUsd";

/** Adds up what the run took. Storing the reply is the chat's business, which also does it for runs that fail. */
export function finish(_state: unknown, config: AgentConfig): AgentUpdate {
  return { usage: sumUsage(contextOf(config)) };
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
