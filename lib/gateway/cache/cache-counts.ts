import { LRUCache } from "lru-cache";
import { processGlobal } from "@/lib/core/process-global";

export type Counts = { hits: number; misses: number };

/** Whoever asks for models that are nowhere must not fill the memory. */
const mostModels = 1_000;

const byModel = () => processGlobal("cache-counts", () => new LRUCache<string, Counts>({ max: mostModels }));

/** Counts a call that the cache answered, or could not. */
export function countCacheUse(model: string, use: keyof Counts): void {
  const counts = byModel().get(model) ?? { hits: 0, misses: 0 };
  counts[use]++;
  byModel().set(model, counts);
}

/** What was counted in this process since it started, by model: of the last thousand that were asked for. */
export function cacheCounts(): ReadonlyMap<string, Counts> {
  return new Map(byModel().entries());
}
