import { setTimeout as sleep } from "node:timers/promises";
import type { ModelError, ModelFailure } from "@/lib/core/errors";
import { spendRetry } from "./retry-budget";

/** Times that a call comes back to hosts that failed. */
const mostRetries = 2;
const basePauseMs = 200;
const longestPauseMs = 2_000;
/** A host that asks for more patience than this is not waited for. */
const longestRetryAfterS = 10;

const passing = new Set<ModelFailure>(["overloaded", "host_refused", "crashed"]);

/**
 * Waits until hosts that failed may be asked once more: as long as one asked for, else exponentially longer each time with
 * full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
 * @param failures by host · @param retry from 0
 * @returns the hosts to ask again, none when it is of no use or the budget is spent
 * @throws the signal's reason
 */
export async function pauseBeforeRetry(failures: Map<string, ModelError>, retry: number, signal?: AbortSignal): Promise<string[]> {
  const again = [...failures].filter(([, failure]) => passes(failure));
  if (again.length === 0 || retry >= mostRetries || !spendRetry()) return [];
  const asked = again.flatMap(([, { retryAfterS }]) => retryAfterS ?? []);
  const jitterMs = Math.random() * Math.min(longestPauseMs, basePauseMs * 2 ** retry);
  const pauseMs = asked.length === again.length ? Math.min(...asked) * 1000 + jitterMs : jitterMs;
  await sleep(pauseMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  return again.map(([hostId]) => hostId);
}

/** Whether the same host may well answer in a moment. Of time-outs only that of the connection: nothing was begun there. */
function passes({ reason, retryAfterS = 0, cause }: ModelError): boolean {
  if (retryAfterS > longestRetryAfterS) return false;
  return passing.has(reason) || (reason === "timed_out" && cause !== undefined);
}
