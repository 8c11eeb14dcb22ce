import type { ModelFailure } from "@/lib/core/errors";

/** What a call to a model is for and on whose behalf. */
export type CallContext = {
  userId: string | null;
  purpose: "chat" | "title" | "embedding" | "check";
  runId?: string;
  conversationId?: string;
  /** Told once, when the call has ended. */
  onCall?: (record: CallRecord) => void;
};

/** What one call took. Costs are US dollars; `tokensEstimated` when the host gave no counts. */
export type CallRecord = {
  model: string;
  upstream: string;
  outcome: "complete" | "stopped" | "failed";
  reason?: ModelFailure;
  inputTokens: number;
  outputTokens: number;
  cachedTokens: number;
  reasoningTokens: number;
  tokensEstimated: boolean;
  costUsd: number;
  startedAt: Date;
  firstTokenAt: Date | null;
  endedAt: Date;
};
