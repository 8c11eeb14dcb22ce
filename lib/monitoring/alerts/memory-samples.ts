import { processGlobal } from "@/lib/core/process-global";

type MemorySample = { at: number; residentBytes: number };

/** A day at the pace of the evaluator. */
const maxSamples = 6_000;
const samples = () => processGlobal<MemorySample[]>("alert-memory-samples", () => []);

/** Takes down what this process has of memory now. */
export function sampleMemory(now: Date, residentBytes = process.memoryUsage.rss()): void {
  const kept = samples();
  kept.push({ at: now.getTime(), residentBytes });
  if (kept.length > maxSamples) kept.splice(0, kept.length - maxSamples);
}

/** How much this process's memory has grown over a window, in megabytes; null while it has not run for so long. */
export function memoryGrowthMb(windowS: number, now: Date): number | null {
  const since = now.getTime() - windowS * 1_000;
  const before = samples().findLast(({ at }) => at <= since);
  const last = samples().at(-1);
  return before && last ? (last.residentBytes - before.residentBytes) / 1e6 : null;
}
