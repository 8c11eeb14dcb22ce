import type { UIMessage, UIMessageChunk } from "ai";
import type { ModelFailure } from "@/lib/core/errors";

/** What a message is made of, in the AI SDK's UI shape. */
export type MessageParts = UIMessage["parts"];

/** The id of the `data-note` part that a reply ends with when it could not be longer; Continue goes on from there. */
export const truncatedNoteId = "truncated";

/** One event of a reply, in the AI SDK's UI stream shape. */
export type UiChunk = UIMessageChunk;

/** How a person wants a reply made. Absent means the model's own default. */
export type ChatOptions = {
  model?: string;
  system?: string;
  temperature?: number;
  topP?: number;
  maxTokens?: number;
  tools?: string[] | "auto" | "none";
};

/**
 * What a run is asked for, and the API key it was asked with: what the key allows is looked up when the run begins.
 * `isFresh` when no kept answer will do; `avoidUpstream` is the host that broke off the reply that the run goes on with.
 */
export type RunOptions = ChatOptions & { keyId?: string; isFresh?: boolean; avoidUpstream?: string };

export type MessageUsage = {
  /** The name of the host that answered last, or gave the kept answer. */
  upstream?: string;
  inputTokens: number;
  outputTokens: number;
  cachedTokens?: number;
  reasoningTokens?: number;
  /** Set when a host gave no counts, so that they are estimates. */
  tokensEstimated?: boolean;
  costUsd: number;
  /** Set when no host was asked: the answer was kept, from this question or from a similar one. */
  cache?: "hit" | "similar";
  durationMs: number;
  timeToFirstTokenMs: number;
  /** How long models wrote, without the tools and the waiting between their calls. Absent in older replies. */
  writingMs?: number;
};

/** Why a run failed, as the reader is told. */
export type RunError = {
  code: string;
  reason?: ModelFailure;
  message: string;
  /** How long after the failure another try has a chance, when that is known. */
  retryAfterS?: number;
};

/** What an API key may do: `chat` covers chats and `/v1` completions, `admin` everything its owner may. */
export type KeyScope = "chat" | "embeddings" | "models" | "metrics" | "admin";

/** One part of a kept answer, as the provider's stream had it (AI SDK LanguageModelV4StreamPart), or a vector. */
export type CachedPart = Record<string, unknown> & { type: string };

/** When a model is loaded ahead of use: times of day in the server's zone, as `08:00`, on days of the week from 0, Sunday. */
export type PrewarmTimes = { days: number[]; times: string[] };

/** How `auto` came to its model: shown in the reply's details. */
export type RouteDecision = {
  /** What the request was taken for. */
  kind: "vision" | "long" | "structured" | "tools" | "code" | "small-talk" | "reasoning" | "general";
  preference: "fast" | "balanced" | "best" | "cheap";
  model: string;
  /** As in "code → ollama/qwen2.5-coder:7b: tools, loaded, 40 ms". */
  why: string;
  /** How long deciding took. */
  tookMs: number;
};

/** What is known of a span beside its times, by the names of `lib/monitoring/spans/attribute-names.ts`. */
export type SpanAttributes = Record<string, string | number | boolean | string[]>;
