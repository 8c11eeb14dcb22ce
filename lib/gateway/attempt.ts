import type { ModelError } from "@/lib/core/errors";
import type { Target } from "./call-error";
import { type CallTimers, startTimers } from "./call-timers";

/** One try of a call at one host: what may end it, and why it ended. */
export type Attempt = {
  target: Target;
  /** Aborted by the caller, by a timer, or when nobody reads any more. */
  signal: AbortSignal;
  timers: CallTimers;
  /** The first failure. It stands; what follows from it does not matter. */
  failure?: ModelError;
  /** A request to the host was begun. */
  isAsked: boolean;
  hasContent: boolean;
  /** The caller reads the reply as a whole. */
  readonly isCollected: boolean;
  /** The host gives the reply as a whole: its beginning is its end. */
  isWhole: boolean;
  /** Set while the reader is too slow: nothing more is taken from the host until it settles. */
  pause?: Promise<void>;
  fail(error: ModelError): void;
  /** Ends the try before its time, closing the connection. */
  abort(reason?: unknown): void;
  /** The try is over: nothing watches it any more. */
  settle(): void;
};

type AttemptOptions = {
  signal?: AbortSignal;
  mayBeCold: boolean;
  isCollected?: boolean;
  /** Told once, when the try is over. */
  onSettle?: (attempt: Attempt) => void;
};

/** Opens a try with its timers running. Whoever opens it settles it. */
export function startAttempt(target: Target, options: AttemptOptions): Attempt {
  let isSettled = false;
  const controller = new AbortController();
  const onCallerAbort = () => controller.abort(options.signal?.reason);
  if (options.signal?.aborted) onCallerAbort();
  else options.signal?.addEventListener("abort", onCallerAbort, { once: true });

  const attempt: Attempt = {
    target,
    signal: controller.signal,
    timers: startTimers(target, {
      mayBeCold: options.mayBeCold,
      isPaused: () => attempt.pause !== undefined,
      onExpire: (error) => attempt.fail(error),
    }),
    isAsked: false,
    hasContent: false,
    isCollected: options.isCollected ?? false,
    isWhole: false,
    fail(error) {
      attempt.failure ??= error;
      attempt.abort(error);
    },
    abort(reason) {
      // Whoever is told that the try is over sees that it was ended, and does not take it for a reply at its end.
      controller.abort(reason);
      attempt.settle();
    },
    settle() {
      attempt.timers.stop();
      options.signal?.removeEventListener("abort", onCallerAbort);
      if (isSettled) return;
      isSettled = true;
      options.onSettle?.(attempt);
    },
  };
  return attempt;
}
