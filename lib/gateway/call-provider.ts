import type { LanguageModelV4CallOptions, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { type Attempt, startAttempt } from "./attempt";
import type { Target } from "./call-error";
import { connectionError } from "./connection-error";
import type { HostModel } from "./gateway-state";
import { isLoaded } from "./is-loaded";
import { providerModel } from "./providers/provider-model";
import { recheckHost } from "./recheck-host";

type ProviderCall = { target: Target; known: HostModel | undefined; options: LanguageModelV4CallOptions };

/**
 * Asks one host once. Settles when it has begun to answer.
 * @throws ModelError; the abort's reason when the caller aborted
 */
export async function callProvider({
  target,
  known,
  options,
}: ProviderCall): Promise<{ attempt: Attempt; result: LanguageModelV4StreamResult }> {
  const { kind } = target.upstream;
  const mayBeCold = kind === "embedded" || (kind === "ollama" && !(known && isLoaded(known)));
  const attempt = startAttempt(target, { signal: options.abortSignal, mayBeCold });
  try {
    const result = await providerModel(attempt, known).doStream({ ...options, abortSignal: attempt.signal });
    return { attempt, result };
  } catch (error) {
    attempt.settle();
    if (options.abortSignal?.aborted) throw options.abortSignal.reason;
    const failure = attempt.failure ?? connectionError(error, target);
    recheckHost(target.upstream.id, failure);
    throw failure;
  }
}
