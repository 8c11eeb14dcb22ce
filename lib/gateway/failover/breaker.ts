import { CircuitState, ConsecutiveBreaker, circuitBreaker, DelegateBackoff, handleWhen, type IBreaker, SamplingBreaker } from "cockatiel";
import { ModelError, type ModelFailure } from "@/lib/core/errors";

const failuresInARow = 5;
/** More than half of at least ten calls within half a minute. Just under ten, as the library compares a product of fractions. */
const sampled = { threshold: 0.5, duration: 30_000, minimumRps: 9.99 / 30 };
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

/** What says that the host is not well with the model. A wrong key, a missing model or a long prompt say something else. */
const counted = new Set<ModelFailure>(["host_refused", "timed_out", "crashed", "bad_reply", "broke_off", "overloaded"]);

export type Breaker = ReturnType<typeof startBreaker>;

/** Keeps calls away from a host that keeps failing with a model: closed, open, and half open with one probe. */
export function startBreaker() {
  const inARow = new ConsecutiveBreaker(failuresInARow);
  const share = new SamplingBreaker(sampled);
  const forget = () => {
    inARow.success();
    share.success(CircuitState.HalfOpen);
  };
  const counts: IBreaker = {
    state: null,
    // A first token is no success yet: only the reply's end is, else a host that always breaks off would never be left alone.
    success: (state) => state === CircuitState.HalfOpen && forget(),
    failure: (state) => [inARow.failure(), share.failure(state)].includes(true),
  };
  let openUntil = 0;
  let lastFailure: ModelError | undefined;
  const isFailure = (error: unknown): boolean => {
    // A probe that its caller gave up, or that could not be sent, has shown nothing: the host stays left alone.
    if (!(error instanceof ModelError) || isUnsent(error)) return policy.state === CircuitState.HalfOpen;
    if (!isCounted(error)) return false;
    lastFailure = error;
    return true;
  };
  const halfOpenAfter = new DelegateBackoff<{ attempt: number }>(({ attempt }) => {
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
    openUntil = Date.now() + pauseMs;
    return pauseMs;
  });
  const policy = circuitBreaker(handleWhen(isFailure), { breaker: counts, halfOpenAfter });

  return {
    get state(): "closed" | "open" | "half-open" {
      if (policy.state === CircuitState.Closed) return "closed";
      return policy.state === CircuitState.Open ? "open" : "half-open";
    },
    /** Until when no call is let through; in the past while a probe decides. */
    get openUntil() {
      return new Date(openUntil);
    },
    get lastFailure() {
      return lastFailure;
    },
    /** Whether a call would be let through now: any while closed, one once the pause is over. */
    get admits() {
      return policy.state === CircuitState.Closed || (policy.state === CircuitState.Open && Date.now() >= openUntil);
    },
    /** Asks the host, unless the breaker is open. `ask` settles with the first token. @throws BrokenCircuitError; what `ask` throws */
    run: <T>(ask: () => Promise<T>): Promise<T> => policy.execute(ask),
    /** A reply that had begun is at its end, whole or with a failure. Settles when that is counted. */
    async onEnd(failure: ModelError | undefined): Promise<void> {
      if (policy.state !== CircuitState.Closed) return;
      if (failure) return policy.execute(() => Promise.reject(failure)).catch(() => {});
      inARow.success();
      share.success(CircuitState.Closed);
    },
    /** Lets every call through again. */
    close(): void {
      forget();
      // The library closes an open breaker only by way of holding it open by hand and letting go.
      if (policy.state !== CircuitState.Closed) policy.isolate().dispose();
    },
  };
}

/** A request that cannot be put to a host of its kind. What the host itself refuses has its status. */
function isUnsent({ reason, hostStatus }: ModelError): boolean {
  return reason === "bad_request" && hostStatus === undefined;
}

function isCounted({ reason, retryAfterS, hostStatus = 500 }: ModelError): boolean {
  // A host that says when to come back is in good order, and a request that is refused by a 4xx is the caller's.
  if (reason === "overloaded") return retryAfterS === undefined;
  if (reason === "bad_reply") return hostStatus >= 500;
  return counted.has(reason);
}
