import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { ModelError } from "@/lib/core/errors";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";

/** A reply that has begun: what came up to its first content, and the rest to be read. */
export type BegunReply = { head: Part[]; reader: ReadableStreamDefaultReader<Part> };

/**
 * Reads a reply up to its first content, so that whatever goes wrong before can still be made good elsewhere.
 * @throws ModelError when the reply ends or fails first; whatever the stream fails with
 */
export async function peekReply(parts: ReadableStream<Part>, attempt: Attempt): Promise<BegunReply> {
  const reader = parts.getReader();
  const head: Part[] = [];
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const part = read.value;
    attempt.timers.onBytes();
    if (part.type === "error") throw connectionError(part.error, attempt.target);
    head.push(part);
    if (!isContent(part)) continue;
    attempt.hasContent = true;
    attempt.timers.onFirstToken();
    return { head, reader };
  }
  const finish = head.findLast((part) => part.type === "finish");
  throw emptyReply(attempt, finish?.finishReason);
}

/** The failure of a reply that ended without a word. Of a provider whose rules forbade one it is a refusal. */
export function emptyReply({ target }: Attempt, finish: { unified: string; raw: string | undefined } | undefined): ModelError {
  const host = hostLabel(target.upstream);
  if (finish?.unified === "content-filter")
    return callError("refused_by_policy", `${host} did not let ${target.modelName} answer: its rules for content forbid it.`);
  const given = finish?.raw ? ` (the reason it gave: ${finish.raw.slice(0, 40)})` : "";
  return callError("bad_reply", `${host} ended ${target.modelName}'s reply without a word${given}.`);
}

/** Whether a part is something that was said. A tool call is, from its first piece on: readers follow it as it is written. */
function isContent(part: Part): boolean {
  if (part.type === "text-delta" || part.type === "reasoning-delta") return part.delta !== "";
  return part.type === "tool-input-start" || part.type === "tool-call" || part.type === "file";
}
