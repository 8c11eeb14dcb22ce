import type { LanguageModelV4CallOptions, LanguageModelV4StreamResult } from "@ai-sdk/provider";
import { type Attempt, startAttempt } from "./attempt";
import type { Target } from "./call-error";
import { attemptError } from "./connection-error";
import type { HostModel } from "./gateway-state";
import { mayBeCold } from "./may-be-cold";
import { type BegunReply, peekReply } from "./peek-reply";
import { providerModel } from "./providers/provider-model";
import { recheckHost } from "./recheck-host";

type ProviderCall = {
  target: Target;
  known: HostModel | undefined;
  options: LanguageModelV4CallOptions;
  isCollected?: boolean;
  /** Told once, when the try is over: failed, aborted, or its reply at its end. */
  onSettle: (attempt: Attempt) => void;
};

/** A reply whose first content is there. */
export type Opened = { attempt: Attempt; begun: BegunReply; rest: Omit<LanguageModelV4StreamResult, "stream"> };

/**
 * Asks one host once. `opened` settles when the first content of the reply is there, and rejects with a ModelError, or with
 * the abort's reason when the caller or `attempt.abort` ended it before.
 */
export function callProvider({ target, known, options, ...more }: ProviderCall): { attempt: Attempt; opened: Promise<Opened> } {
  const attempt = startAttempt(target, { signal: options.abortSignal, mayBeCold: mayBeCold(target.upstream, known), ...more });
  return { attempt, opened: open(attempt, known, options) };
}

async function open(attempt: Attempt, known: HostModel | undefined, options: LanguageModelV4CallOptions): Promise<Opened> {
  try {
    const { stream, ...rest } = await providerModel(attempt, known).doStream({ ...options, abortSignal: attempt.signal });
    return { attempt, begun: await peekReply(stream, attempt), rest };
  } catch (error) {
    // After an abort, what a provider makes of the torn stream is no failure of the host.
    if (!attempt.signal.aborted) attempt.failure ??= attemptError(error, attempt);
    attempt.abort(error);
    if (options.abortSignal?.aborted) throw options.abortSignal.reason;
    if (!attempt.failure) throw attempt.signal.reason;
    recheckHost(attempt.target.upstream.id, attempt.failure);
    throw attempt.failure;
  }
}
