import { processGlobal } from "@/lib/core/process-global";

export type Counts = { hits: number; misses: number };

const byModel = () => processGlobal("cache-counts", () => new Map<string, Counts>());

/** Counts a call that the cache answered, or could not. */
export function countCacheUse(model: string, use: keyof Counts): void {
  const counts = byModel().get(model) ?? { hits: 0, misses: 0 };
  counts[use]++;
  byModel().set(model, counts);
}

/** What was counted in this process since it started, by model. */
export function cacheCounts(): ReadonlyMap<string, Counts> {
  return byModel();
}
