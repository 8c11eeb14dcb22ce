import { type Attempt, startAttempt } from "../attempt";
import type { Candidate } from "../balance/rank-hosts";
import { callError, hostLabel, type Target } from "../call-error";
import { attemptError } from "../connection-error";
import { embedTexts } from "../embedded/embed-texts";
import { mayBeCold } from "../may-be-cold";
import { recheckHost } from "../recheck-host";
import { embeddingModel } from "./embedding-model";

export type EmbedOptions = { dimensions?: number; signal?: AbortSignal };

/** Vectors in the order of the texts; `inputTokens` is undefined when the host does not count. */
export type Embedded = { vectors: number[][]; inputTokens: number | undefined };

type Question = EmbedOptions & { texts: string[]; onSettle: (attempt: Attempt) => void };

/**
 * Asks one host for vectors, in as many requests as its protocol needs, within the time limits of a call. `opened` rejects
 * with a ModelError, or with the abort's reason when the caller or `attempt.abort` ended it before.
 */
export function embedAtHost(
  { target, known }: Pick<Candidate, "target" | "known">,
  { onSettle, ...question }: Question,
): { attempt: Attempt; opened: Promise<Embedded> } {
  const { signal } = question;
  const attempt = startAttempt(target, { signal, mayBeCold: mayBeCold(target.upstream, known), onSettle });
  return { attempt, opened: open(attempt, question) };
}

async function open(attempt: Attempt, { texts, dimensions, signal }: Omit<Question, "onSettle">): Promise<Embedded> {
  const { target } = attempt;
  try {
    return await (target.upstream.kind === "embedded" ? embedHere(texts, dimensions, attempt) : embedThere(texts, dimensions, attempt));
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (!attempt.signal.aborted) attempt.failure ??= attemptError(error, attempt);
    if (!attempt.failure) throw attempt.signal.reason;
    recheckHost(target.upstream.id, attempt.failure);
    throw attempt.failure;
  } finally {
    attempt.settle();
  }
}

async function embedThere(texts: string[], dimensions: number | undefined, attempt: Attempt): Promise<Embedded> {
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
    if (embeddings.length !== batch.length || embeddings.some((vector) => vector.length === 0)) throw wrongNumber(attempt.target);
    attempt.timers.onFirstToken();
    attempt.timers.onBytes();
    result.vectors.push(...embeddings);
    result.inputTokens = usage && result.inputTokens !== undefined ? result.inputTokens + usage.tokens : undefined;
  }
  return result;
}

async function embedHere(texts: string[], dimensions: number | undefined, attempt: Attempt): Promise<Embedded> {
  const { signal, timers } = attempt;
  attempt.isAsked = true;
  const { vectors, inputTokens } = await embedTexts(texts, { signal, onPosition: timers.onWait, onTurn: timers.onTurn });
  const length = vectors[0]?.length;
  if (dimensions !== undefined && dimensions !== length)
    throw callError("bad_request", `The embedded model's vectors have ${length} dimensions; it has no others.`, undefined, {
      hostStatus: 400,
    });
  return { vectors, inputTokens };
}

function wrongNumber({ upstream, modelName }: Target) {
  return callError("bad_reply", `${hostLabel(upstream)} did not give one vector of ${modelName} for each text.`);
}
