import type { CachedCall } from "./cached-call";
import type { sharedMeter } from "./shared-meter";

/** One of the callers of a shared call, the first of whom began it. `left` is aborted when it has gone and others have not. */
export type Seat = { call: CachedCall; isFirst: boolean; left: AbortController; release: () => void };

/**
 * Who takes part in a shared call. Whoever is aborted leaves it to the rest, and is counted no longer.
 * @param onEmpty told when the last one goes, who keeps the seat to be told how the call ended
 */
export function seats(counting: ReturnType<typeof sharedMeter>, onEmpty: (reason: unknown) => void) {
  const taken = new Set<Seat>();
  const leave = (seat: Seat, reason: unknown) => {
    if (!taken.has(seat)) return;
    if (taken.size === 1) return onEmpty(reason);
    taken.delete(seat);
    seat.release();
    counting.remove(seat.call.meter);
    seat.left.abort(reason);
  };
  return {
    taken: taken as ReadonlySet<Seat>,
    leave,
    take(call: CachedCall): Seat {
      const { abortSignal } = call.options;
      const onAbort = () => leave(seat, abortSignal?.reason);
      const release = () => abortSignal?.removeEventListener("abort", onAbort);
      const seat: Seat = { call, isFirst: taken.size === 0, left: new AbortController(), release };
      taken.add(seat);
      counting.add(call.meter);
      abortSignal?.addEventListener("abort", onAbort, { once: true });
      return seat;
    },
  };
}
