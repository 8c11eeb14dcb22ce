import { setTimeout as sleep } from "node:timers/promises";
import type { ModelError, ModelFailure } from "@/lib/core/errors";
import { longestWaitedS } from "../queue/lane";
import { spendRetry } from "./retry-budget";

/** Times that a call comes back to a host that failed. */
const mostRetries = 2;
const basePauseMs = 200;
const longestPauseMs = 2_000;

const passingReasons = new Set<ModelFailure>(["overloaded", "host_refused", "crashed"]);

/**
 * Waits until the first of the hosts that failed may be asked once more: as long as it asked for itself, and exponentially
 * longer each time with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter).
 * @param failures by host, in the order in which they failed · @param retry from 0
 * @returns the host to ask again; undefined when it is of no use or the budget is spent
 * @throws the signal's reason
 */
export async function pauseBeforeRetry(
  failures: Map<string, ModelError>,
  retry: number,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const passing = [...failures].filter(([, failure]) => passes(failure));
  const first = passing.sort(([, a], [, b]) => (a.retryAfterS ?? 0) - (b.retryAfterS ?? 0))[0];
  if (!first || retry >= mostRetries || !spendRetry()) return undefined;
  const [hostId, { retryAfterS = 0 }] = first;
  const jitterMs = Math.random() * Math.min(longestPauseMs, basePauseMs * 2 ** retry);
  await sleep(retryAfterS * 1000 + jitterMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  return hostId;
}

/** Whether the same host may well answer in a moment. Of time-outs only that of the connection: nothing was begun there. */
function passes({ reason, retryAfterS = 0, cause }: ModelError): boolean {
  if (retryAfterS > longestWaitedS) return false;
  return passingReasons.has(reason) || (reason === "timed_out" && cause !== undefined);
}
