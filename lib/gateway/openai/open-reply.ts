import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { call } from "../call";
import type { CallContext } from "../call-record";

/** A reply that has begun: what came until its first content, and the rest as it comes. */
export type OpenReply = { head: Part[]; rest: ReadableStreamDefaultReader<Part> };

const beforeContent = new Set<Part["type"]>(["stream-start", "response-metadata", "text-start", "reasoning-start", "raw", "ping"]);

/**
 * Asks a model and waits until it begins to say something, so that what fails before is an error with a status of its own.
 * @throws ModelError, and whatever else the pipeline refuses a call with
 */
export async function openReply(modelId: string, context: CallContext, options: LanguageModelV4CallOptions): Promise<OpenReply> {
  const { stream } = await call(modelId, context, options);
  const rest = stream.getReader();
  const head: Part[] = [];
  for (let read = await rest.read(); !read.done; read = await rest.read()) {
    if (read.value.type === "error") {
      void rest.cancel().catch(() => {});
      throw read.value.error;
    }
    head.push(read.value);
    if (!beforeContent.has(read.value.type)) break;
  }
  return { head, rest };
}

/** A reply that begins with parts that are here already. */
export function replyOf(parts: Part[]): OpenReply {
  return { head: parts, rest: readerOf([]) };
}

/** Every part of a reply. @throws ModelError when it fails on the way */
export async function readAll({ head, rest }: OpenReply): Promise<Part[]> {
  for (let read = await rest.read(); !read.done; read = await rest.read()) {
    if (read.value.type === "error") throw read.value.error;
    head.push(read.value);
  }
  return head;
}

/** A reply that failed before it began, as a stream that had to begin without it tells it. */
export function failedReply(error: unknown): OpenReply {
  return { head: [], rest: readerOf([{ type: "error", error }]) };
}

function readerOf(parts: Part[]): ReadableStreamDefaultReader<Part> {
  const stream = new ReadableStream<Part>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  return stream.getReader();
}
