import { type Attempt, startAttempt } from "../attempt";
import type { Candidate } from "../balance/rank-hosts";
import { callError, hostLabel, type Target } from "../call-error";
import { connectionError } from "../connection-error";
import { embedTexts } from "../embedded/embed-texts";
import { mayBeCold } from "../may-be-cold";
import { recheckHost } from "../recheck-host";
import { embeddingModel } from "./embedding-model";

export type EmbedOptions = { dimensions?: number; signal?: AbortSignal };

/** Vectors in the order of the texts; `inputTokens` is undefined when the host does not count. */
export type Embedded = { vectors: number[][]; inputTokens: number | undefined };

/**
 * Asks one host for vectors, in as many requests as its protocol needs, within the time limits of a call.
 * @throws ModelError; the abort's reason when the caller aborted
 */
export async function embedAtHost(
  { target, known }: Pick<Candidate, "target" | "known">,
  texts: string[],
  { dimensions, signal }: EmbedOptions,
): Promise<Embedded> {
  const attempt = startAttempt(target, { signal, mayBeCold: mayBeCold(target.upstream, known) });
  try {
    if (target.upstream.kind === "embedded") return await embedHere(texts, dimensions, attempt);
    const model = embeddingModel(attempt);
    // Ollama cuts a text that is too long unless told not to; here it must fail.
    const ollama = { truncate: false, ...(dimensions !== undefined && { dimensions }) };
    const size = (await model.maxEmbeddingsPerCall) ?? texts.length;
    const result: Embedded = { vectors: [], inputTokens: 0 };
    for (let start = 0; start < texts.length; start += size) {
      const batch = texts.slice(start, start + size);
      const { embeddings, usage } = await model.doEmbed({
        values: batch,
        dimensions,
        providerOptions: { ollama },
        abortSignal: attempt.signal,
      });
      if (embeddings.length !== batch.length || embeddings.some((vector) => vector.length === 0)) throw wrongNumber(target);
      attempt.timers.onFirstToken();
      attempt.timers.onBytes();
      result.vectors.push(...embeddings);
      result.inputTokens = usage && result.inputTokens !== undefined ? result.inputTokens + usage.tokens : undefined;
    }
    return result;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    const failure = attempt.failure ?? connectionError(error, target);
    recheckHost(target.upstream.id, failure);
    throw failure;
  } finally {
    attempt.settle();
  }
}

async function embedHere(texts: string[], dimensions: number | undefined, { signal, timers }: Attempt): Promise<Embedded> {
  const { vectors, inputTokens } = await embedTexts(texts, { signal, onPosition: timers.onWait, onTurn: timers.onTurn });
  const length = vectors[0]?.length;
  if (dimensions !== undefined && dimensions !== length)
    throw callError("bad_reply", `The embedded model's vectors have ${length} dimensions; it has no others.`);
  return { vectors, inputTokens };
}

function wrongNumber({ upstream, modelName }: Target) {
  return callError("bad_reply", `${hostLabel(upstream)} did not give one vector of ${modelName} for each text.`);
}
