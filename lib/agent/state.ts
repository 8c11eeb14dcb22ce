import { Annotation, type LangGraphRunnableConfig } from "@langchain/langgraph";
import type { ModelMessage, UIMessage } from "ai";
import type { MessageUsage } from "@/db/schema/json";
import type { AgentContext, PendingCall } from "./run-input";

/** What flows through the graph. Each node returns the fields it changes. */
export const agentState = Annotation.Root({
  model: Annotation<string>,
  instructions: Annotation<string>,
  /** The window: what the model sees, growing by the steps of this run. */
  messages: Annotation<ModelMessage[]>({ reducer: (before, added) => [...before, ...added], default: () => [] }),
  toolNames: Annotation<string[]>,
  /** The context that a call may use, prompt and reply together. */
  contextTokens: Annotation<number>,
  /** What the reader was told of how the messages were made to fit; each is told once. */
  notes: Annotation<string[]>({ reducer: (before, added) => [...before, ...added], default: () => [] }),
  /** How the last step ended: `length` when it could not be longer, `content-filter` when the host cut it off. */
  ending: Annotation<"whole" | "length" | "content-filter">,
  /** The branch once approved calls were carried out; absent when there were none. */
  history: Annotation<UIMessage[] | undefined>,
  /** Calls wait for the person's approval: the run ends here, and another goes on once they are decided. */
  isAsking: Annotation<boolean>({ reducer: (_, next) => next, default: () => false }),
  pending: Annotation<PendingCall[]>({ reducer: (_, next) => next, default: () => [] }),
  steps: Annotation<number>({ reducer: (before, added) => before + added, default: () => 0 }),
  /** What the run took, once it has finished. */
  usage: Annotation<MessageUsage>,
});

export type AgentState = typeof agentState.State;
export type AgentUpdate = typeof agentState.Update;

/** A node's second argument. */
export type AgentConfig = LangGraphRunnableConfig;

/** The context, which `runAgent` always gives. */
export function contextOf(config: AgentConfig): AgentContext & { signal: AbortSignal } {
  const { context, signal } = config;
  if (!context || !signal) throw new Error("The agent graph runs through runAgent, which gives it a context and a signal.");
  return { ...(context as AgentContext), signal };
}
