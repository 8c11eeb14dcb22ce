import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { CachedPart } from "@/db/schema/json";
import { gatewaySettings } from "../gateway-settings";
import { compactParts } from "./compact-parts";
import type { EmbeddedQuestion } from "./embed-question";
import { rememberAnswer } from "./memory-cache";
import type { CachePlan } from "./plan-cache";
import { storeAnswer } from "./stored-answers";

type Reply = { parts: Part[]; upstream: string; asked: EmbeddedQuestion | null; replaces: boolean };

/** Of a question, what is shown of it beside its answer. */
const mostQuestionChars = 1_000;
/** One answer may take at most this share of the cache. */
const largestShare = 1 / 4;
/** What JSON may hold and Postgres does not take: a zero character, and half a surrogate pair. */
const unstorable = /\\u(0000|d[89a-f][0-9a-f]{2})/i;

/**
 * Keeps a whole reply: in memory at once, in the database soon. One that failed, was cut off by a filter, ended for a reason
 * that nobody knows, or holds a file is not kept, and neither is one that is too large.
 * @param reply.replaces when there may be an answer before it
 */
export function keepAnswer({ key, scope, ownerId, model }: CachePlan, { parts: given, upstream, asked, replaces }: Reply): void {
  if (!isWhole(given)) return;
  const { cacheTtlS, cacheMaxMb } = gatewaySettings();
  const parts = compactParts(given);
  const json = JSON.stringify(parts);
  const sizeBytes = Buffer.byteLength(json);
  if (sizeBytes > cacheMaxMb * 1024 * 1024 * largestShare) return;
  const answer = { key, scope, ownerId, model, upstream, parts, sizeBytes, expiresAt: new Date(Date.now() + cacheTtlS * 1_000) };
  rememberAnswer(answer);
  if (unstorable.test(json)) return;
  storeAnswer({
    ...answer,
    parts: parts as CachedPart[],
    question: asked?.question.replaceAll("\0", "").slice(0, mostQuestionChars).toWellFormed() ?? null,
    contextHash: asked?.contextHash ?? null,
    embedding: asked && [...asked.vector],
    replaces,
  });
}

/** Reasons for a reply's end with which it is what the call asked for. */
const wholeEnds = new Set(["stop", "length", "tool-calls"]);

function isWhole(parts: Part[]): boolean {
  const finish = parts.at(-1);
  if (finish?.type !== "finish" || !wholeEnds.has(finish.finishReason.unified)) return false;
  return parts.every(({ type }) => type !== "error" && type !== "file" && type !== "reasoning-file");
}
