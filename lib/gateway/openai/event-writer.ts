import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { OpenaiErrorBody } from "./openai-error";

/** Writes a reply as server-sent events. Every method gives whole events, or an empty text for nothing. */
export type EventWriter = {
  start(): string;
  part(part: Part): string;
  /** After the last part of a reply that did not fail. */
  end(): string;
  /** In place of the rest. */
  fail(error: OpenaiErrorBody): string;
};
