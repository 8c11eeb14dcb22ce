import type { UIMessage } from "ai";
import type { ChatOptions, MessageUsage, UiChunk } from "@/db/schema/json";
import type { CallRecord } from "@/lib/gateway/call-record";

/** What one run of the agent is given. */
export type AgentRun = {
  userId: string;
  runId: string;
  conversationId: string;
  options: ChatOptions;
  /** The branch to answer, oldest first. When it ends with an assistant message, the reply goes on from that text. */
  history: UIMessage[];
  /** Takes each chunk of the reply as it comes. */
  emit: (chunk: UiChunk) => void;
  signal: AbortSignal;
};

/** What the graph's nodes share beside the state: identity, the sink for chunks, and the records of model calls. */
export type AgentContext = Pick<AgentRun, "userId" | "runId" | "conversationId" | "options" | "history" | "emit"> & {
  calls: CallRecord[];
  /** Of `performance.now()`, when the run began. */
  startedAt: number;
};

/** A tool call that waits to be run. */
export type PendingCall = { toolCallId: string; toolName: string; input: unknown };

/** What came of a run that reached its end. */
export type AgentResult = { model: string; usage: MessageUsage };
