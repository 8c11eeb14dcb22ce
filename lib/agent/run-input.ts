import type { UIMessage } from "ai";
import type { ChatOptions, MessageUsage, RouteDecision, UiChunk } from "@/db/schema/json";
import type { CallRecord } from "@/lib/gateway/call-record";
import type { KeyGrant } from "@/lib/http/caller";
import type { Span } from "@/lib/monitoring/spans/start-span";

/** What one run of the agent is given. */
export type AgentRun = {
  userId: string;
  /** The API key that the run was asked for with. */
  key?: KeyGrant;
  runId: string;
  conversationId: string;
  options: ChatOptions;
  /** What its model calls are for; `chat` unless told. */
  purpose?: "chat" | "copilot";
  /** Whether no kept answer will do. */
  isFresh?: boolean;
  /** How the conversation's last reply was left to Hearth, if it was: `auto` stays with its model while it fits. */
  previousRoute?: RouteDecision;
  /** The branch to answer, oldest first. When it ends with an assistant message, the reply goes on from that text. */
  history: UIMessage[];
  /** Nothing of the chat is kept, so that nothing can wait for an approval in it. */
  isTemporary?: boolean;
  /** Takes each chunk of the reply as it comes. */
  emit: (chunk: UiChunk) => void;
  /** What the run is recorded as. */
  span: Span;
  signal: AbortSignal;
};

/** What the graph's nodes share beside the state: identity, the sink for chunks, and the records of model calls. */
export type AgentContext = Pick<
  AgentRun,
  | "userId"
  | "key"
  | "runId"
  | "conversationId"
  | "options"
  | "purpose"
  | "isFresh"
  | "isTemporary"
  | "previousRoute"
  | "history"
  | "emit"
  | "span"
> & {
  calls: CallRecord[];
  /** The model steps that were begun; each settles when its call is over, also when the run was stopped before. */
  begun: Promise<void>[];
  /** What was decided on the way: how the model was chosen, when it was left to Hearth, and who may answer in its place. */
  decided: { route?: RouteDecision; fallbacks?: string[] };
  /** Of `performance.now()`, when the run began. */
  startedAt: number;
};

/** A tool call that waits to be run. */
export type PendingCall = { toolCallId: string; toolName: string; input: unknown };

/** What came of a run that reached its end. */
export type AgentResult = {
  model: string;
  usage: MessageUsage;
  /** How the model was chosen, when it was left to Hearth. */
  route?: RouteDecision;
  /** The reply ended at its longest length: it can be gone on with. */
  truncated: boolean;
  /** Calls of tools wait for the person's approval. */
  isAsking: boolean;
};
