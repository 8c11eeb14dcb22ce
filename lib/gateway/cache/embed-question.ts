import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/core/log";
import type { KeyGrant } from "@/lib/http/caller";
import { embed } from "../embeddings/embed";
import { gatewaySettings } from "../gateway-settings";
import { listModels } from "../list-models";
import type { CachedCall } from "./cached-call";
import type { CachePlan } from "./plan-cache";

/** A reply does not wait longer for the chance of a kept one. */
const patienceMs = 2_000;

/** A question as a vector of length 1. `contextHash` is common to all that may be compared with it. */
export type EmbeddedQuestion = { question: string; contextHash: string; vector: Float32Array; atLeast: number };

/**
 * Waits a little for a question's vector; null when it takes longer. It is not given up: the model may be loading, and would
 * never come to its end if each call broke it off.
 */
export function soon(embedding: Promise<EmbeddedQuestion | null>): Promise<EmbeddedQuestion | null> {
  const settled = new AbortController();
  const late = sleep(patienceMs, null, { signal: settled.signal }).catch(() => null);
  return Promise.race([embedding, late]).finally(() => settled.abort());
}

/**
 * Embeds a call's question, by the model that the settings name, else the first that makes embeddings.
 * It is Hearth's own work: the caller pays for it, but it is no request of theirs, and their key need not be for that model;
 * the key's hosts hold, unless an admin named the model.
 * Null when there is none, or it fails: then the call is answered as if there were no similar one.
 */
export async function embedQuestion({ similar }: CachePlan, { context, options }: CachedCall): Promise<EmbeddedQuestion | null> {
  if (!similar) return null;
  const { question, contextKey, atLeast } = similar;
  try {
    const { userId, key, runId, span } = context;
    const { embeddingModel } = gatewaySettings();
    const model = embeddingModel ?? (await firstEmbeddingModel(key));
    if (model === null) return null;
    // A host that an admin named for this is meant for every question; any other must be one that the key's words may go to.
    const host = embeddingModel !== null && key ? { ...key, upstreams: null } : key;
    const asked = { userId, key: host, runId, span, purpose: "embedding" as const, isOwnWork: true };
    const { vectors } = await embed(model, [question], asked, { signal: options.abortSignal });
    const vector = toLengthOne(vectors[0] ?? []);
    return vector && { question, contextHash: `${contextKey} ${model}`, vector, atLeast };
  } catch (error) {
    log().debug({ err: error }, "a question could not be embedded; similar ones are not looked for");
    return null;
  }
}

async function firstEmbeddingModel(key: KeyGrant | undefined): Promise<string | null> {
  const models = (await listModels()).filter(({ capabilities }) => capabilities.embedding);
  const mayAsk = (name: string) => key?.upstreams?.includes(name) ?? true;
  return models.find(({ upstreams }) => upstreams.some(({ name }) => mayAsk(name)))?.id ?? null;
}

/** Null for a vector without a direction. */
function toLengthOne(vector: number[]): Float32Array | null {
  const length = Math.hypot(...vector);
  return length > 0 && Number.isFinite(length) ? Float32Array.from(vector, (value) => value / length) : null;
}
