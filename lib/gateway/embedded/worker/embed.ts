import type { LlamaEmbeddingContext } from "node-llama-cpp";
import type { Embedded, EmbedRequest } from "../protocol.ts";
import { JobError } from "./job-error.ts";
import type { LoadedModel } from "./load-model.ts";

/**
 * The vector of each text, scaled to length 1, which the library does not do.
 * @throws JobError `context_too_long` when a text does not fit; nothing is cut off silently
 */
export async function embed(loaded: LoadedModel, { texts }: EmbedRequest, signal: AbortSignal): Promise<Embedded> {
  const { model, settings } = loaded;
  const contextTokens = Math.min(model.trainContextSize ?? settings.maxContextTokens, settings.maxContextTokens);
  loaded.embedding ??= model.createEmbeddingContext({ contextSize: contextTokens, batchSize: contextTokens, threads: settings.threads });
  const context = await loaded.embedding;
  const vectors: number[][] = [];
  let inputTokens = 0;
  for (const text of texts) {
    signal.throwIfAborted();
    const tokens = context.calculateInputLength(text);
    if (tokens > contextTokens)
      throw new JobError("context_too_long", `A text has ${tokens} tokens; the embedding model takes ${contextTokens}.`);
    inputTokens += tokens;
    vectors.push(await embedOne(context, text));
  }
  return { vectors, inputTokens };
}

async function embedOne(context: LlamaEmbeddingContext, text: string): Promise<number[]> {
  const { vector } = await context.getEmbeddingFor(text);
  const length = Math.hypot(...vector);
  return length === 0 ? [...vector] : vector.map((value) => value / length);
}
