import type { UIMessage, UIMessageChunk } from "ai";
import type { ModelFailure } from "@/lib/core/errors";

/** What a message is made of, in the AI SDK's UI shape. */
export type MessageParts = UIMessage["parts"];

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

export type MessageUsage = {
  inputTokens: number;
  outputTokens: number;
  cachedTokens?: number;
  reasoningTokens?: number;
  costUsd: number;
  durationMs: number;
  timeToFirstTokenMs: number;
};

/** Why a run failed, as the reader is told. */
export type RunError = { code: string; reason?: ModelFailure; message: string };
