import type { GbnfJsonSchema } from "node-llama-cpp";

/** What goes over the channel between Hearth and the process that runs the model. Types only: both sides import it. */

export type ChatTurn = { role: "system" | "user" | "assistant"; text: string };

export type Sampling = {
  temperature: number;
  topP?: number;
  topK?: number;
  /** 0 to 2³²−1. */
  seed: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
};

export type GenerateRequest = {
  /** Oldest first. When the last one is the assistant's, the reply goes on from its text. */
  turns: ChatTurn[];
  maxTokens?: number;
  sampling: Sampling;
  stop: string[];
  /** The reply must be JSON: of this schema, or any when the schema is null. */
  json?: { schema: GbnfJsonSchema | null };
  thinking: boolean;
};

export type EmbedRequest = { texts: string[] };

export type Job = { kind: "generate"; request: GenerateRequest } | { kind: "embed"; request: EmbedRequest };

export type LoadSettings = { file: string; threads: number; maxContextTokens: number };

export type ToWorker = { type: "load"; settings: LoadSettings } | { type: "job"; id: number; job: Job } | { type: "abort"; id: number };

export type Delta = { kind: "text" | "reasoning"; text: string };

export type Generated = {
  finish: "stop" | "length";
  inputTokens: number;
  /** Those of the input that were still evaluated from the call before. */
  cachedTokens: number;
  outputTokens: number;
  reasoningTokens: number;
};

/** Vectors of length 1, in the order of the texts, and the tokens they took. */
export type Embedded = { vectors: number[][]; inputTokens: number };

export type WorkerFailure = "context_too_long" | "bad_schema" | "aborted" | "failed";

export type FromWorker =
  | { type: "ready" }
  | { type: "not-started"; why: "library" | "file"; message: string }
  | { type: "deltas"; id: number; deltas: Delta[] }
  | { type: "generated"; id: number; result: Generated }
  | { type: "embedded"; id: number; result: Embedded }
  | { type: "failed"; id: number; why: WorkerFailure; message: string };
