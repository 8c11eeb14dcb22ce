import { frameMs } from "./frame";

type Merging<T> = {
  emit(item: T): void;
  /** Whether an item may wait for others to be joined with. */
  canWait(item: T): boolean;
  /** One item in place of two, or undefined when they do not go together or would be too much. */
  join(earlier: T, later: T): T | undefined;
};

/**
 * Joins what arrives within one frame. The first item goes out at once, as does any after a quiet frame; the others wait
 * for the frame's end (`frameMs`). One that may not wait sends out what waits and follows it.
 */
export function frameMerger<T extends object>({ emit, canWait, join }: Merging<T>) {
  let lastSentAt = Number.NEGATIVE_INFINITY;
  let waiting: T | undefined;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    if (timer) clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const item = waiting;
    waiting = undefined;
    lastSentAt = performance.now();
    emit(item);
  };
  return {
    /** Takes an item. `settle` is to be called after the last of those that are there already. */
    add(item: T): void {
      if (!canWait(item)) {
        flush();
        return emit(item);
      }
      const joined = waiting && join(waiting, item);
      if (!joined) flush();
      waiting = joined ?? item;
    },
    /** Sends out what waits, if it is time, and else sees to it that it goes out in time. */
    settle(): void {
      if (!waiting || timer) return;
      const leftMs = frameMs() - (performance.now() - lastSentAt);
      // No timer is finer than a millisecond.
      if (leftMs <= 1) flush();
      else timer = setTimeout(flush, leftMs);
    },
    flush,
    /** Forgets what waits, when nobody reads any more. */
    drop(): void {
      clearTimeout(timer);
      waiting = undefined;
    },
  };
}
