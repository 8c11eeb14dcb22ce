import { LRUCache } from "lru-cache";
import { processGlobal } from "@/lib/core/process-global";
import type { Target } from "./call-error";
import { modelSettingsOf } from "./model-settings";
import { addressOf } from "./queue/lane";

/** What a host refuses today it may allow tomorrow: an organization may be verified meanwhile. */
const rememberedMs = 3_600_000;
const refusals = () => processGlobal("gateway-refused-streams", () => new LRUCache<string, true>({ max: 1_000, ttl: rememberedMs }));

type Question = { target: Target; isCollected: boolean };

/** Whether a host is asked for a reply as a whole: as an admin set for the model, or since it refused to stream it. */
export function asksWhole({ target, isCollected }: Question): boolean {
  const streaming = modelSettingsOf(target.modelId)?.streaming ?? "always";
  return streaming === "never" || (streaming === "as-asked" && isCollected) || refusals().has(keyOf(target));
}

/** What nearly every request says. Of a request that says more, that may be what cannot be streamed. */
const usual = new Set(["model", "messages", "stream", "stream_options", "temperature", "top_p", "max_tokens", "max_completion_tokens"]);

/**
 * A host refused to stream: it is asked for the whole from now on, for an hour. Where one of the request's parameters may be
 * the reason, nothing is concluded for other calls, unless the host's words are about the model.
 */
export function rememberRefusedStream(target: Target, { request, words }: { request: Record<string, unknown>; words: string }): void {
  const isOfModel = /\bthis model\b|\borganization\b/i.test(words) || Object.keys(request).every((field) => usual.has(field));
  if (isOfModel) refusals().set(keyOf(target), true);
}

const keyOf = ({ upstream, modelName }: Target) => `${addressOf(upstream)} ${modelName}`;
