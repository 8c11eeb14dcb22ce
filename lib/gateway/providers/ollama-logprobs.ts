import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { ollamaWire } from "../wire/ollama";
import { fieldsOf, listOf, type WireFormat } from "../wire/wire-format";
import { openaiBodyKey } from "./openai-body";

/** `fields` go into the request's body, `wire` reads the reply, and `stream` adds what it read to the reply's parts. */
type Logprobs = { fields: Record<string, unknown>; wire: WireFormat; stream: () => TransformStream<Part, Part> };

/**
 * The way that log probabilities take past the provider package, which knows of none; undefined for a call that asks for
 * none. Ollama 0.12.11 and later have them: https://github.com/ollama/ollama/blob/main/docs/api.md. They become raw parts
 * as OpenAI's hosts send them, each before the words that it is about.
 */
export function ollamaLogprobs({ providerOptions }: LanguageModelV4CallOptions): Logprobs | undefined {
  const { logprobs, top_logprobs } = providerOptions?.[openaiBodyKey] ?? {};
  if (logprobs !== true) return undefined;
  let read: unknown[] = [];
  const wire: WireFormat = {
    ...ollamaWire,
    read(json) {
      for (const entry of listOf(fieldsOf(json).logprobs)) read.push(toOpenai(entry));
      return ollamaWire.read(json);
    },
  };
  const stream = () =>
    new TransformStream<Part, Part>({
      transform(part, controller) {
        if (read.length > 0 && (part.type === "text-delta" || part.type === "reasoning-delta")) {
          controller.enqueue({ type: "raw", rawValue: { choices: [{ logprobs: { content: read } }] } });
          read = [];
        }
        controller.enqueue(part);
      },
    });
  return { fields: { logprobs, ...(typeof top_logprobs === "number" && { top_logprobs }) }, wire, stream };
}

function toOpenai(entry: Record<string, unknown>): Record<string, unknown> {
  return {
    ...entry,
    bytes: entry.bytes ?? null,
    top_logprobs: listOf(entry.top_logprobs).map((other) => ({ ...other, bytes: other.bytes ?? null })),
  };
}
