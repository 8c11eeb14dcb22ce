import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { ModelFailure } from "@/lib/core/errors";
import type { KeyGrant } from "@/lib/http/caller";
import type { Span } from "@/lib/monitoring/spans/start-span";
import type { Model } from "./contract";

/** All that a call asks of a model beside its prompt. */
export type CallSettings = Omit<LanguageModelV4CallOptions, "prompt" | "abortSignal">;

/** What a call to a model is for and on whose behalf. */
export type CallContext = {
  userId: string | null;
  purpose: "chat" | "title" | "embedding" | "check" | "api" | "copilot";
  /** The API key the call came with. */
  key?: KeyGrant;
  /** Hearth makes the call for a purpose of its own: what it costs counts for the caller, whose limits and rights are for other calls. */
  isOwnWork?: boolean;
  runId?: string;
  /** What this call is recorded as a part of; within the pipeline the call itself. */
  span?: Span;
  conversationId?: string;
  /** `skip` asks a host even when the cache has an answer, and keeps the new one; with `off` nothing is looked up or kept. */
  cache?: "use" | "skip" | "off";
  /** Models that may answer in this one's place, the best first, while an admin has set none for it. */
  fallbacks?: string[];
  /**
   * The call's settings as a model takes them that is to answer in this one's place; null for one that may not, as it would
   * leave some of them out. Without it they are the same for all. `listed` is null when no host has told of the model.
   */
  settingsFor?: (model: { id: string; listed: Model | null }) => CallSettings | null;
  /** The reply is read as a whole, so that one from the cache comes at once and not at a reader's pace. */
  isCollected?: boolean;
  /** Told once, when the policy let the call through: headers that say how the limits stand, and warnings about budgets. */
  onAdmit?: (admitted: { headers: Record<string, string>; warnings: string[] }) => void;
  /** Told the place in the queue, from 1, whenever it changes, and 0 when the call is let through. */
  onQueue?: (position: number) => void;
  /** Told once, when the call begins to answer: who answers, and how it came to that. */
  onAnswer?: (facts: AnswerFacts) => void;
  /** Told once, when the call has ended. */
  onCall?: (record: CallRecord) => void;
};

/**
 * Who answers a call, and how it came to that. `overheadMs` is the time Hearth itself took before the first token;
 * `similarTo` is the question that a kept answer was given to, when it was another.
 */
export type AnswerFacts = Pick<CallRecord, "model" | "requestedModel" | "upstream" | "choice" | "attempts" | "cache" | "queuedMs"> & {
  overheadMs: number;
  similarTo?: string;
};

/** What one call took. Costs are US dollars; `tokensEstimated` when the host gave no counts. */
export type CallRecord = {
  model: string;
  /** What was asked for, when another model answered. */
  requestedModel?: string;
  upstream: string;
  /** Why this host, in a few words. */
  choice?: string;
  attempts: number;
  cache: "off" | "miss" | "hit" | "similar";
  queuedMs: number;
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
