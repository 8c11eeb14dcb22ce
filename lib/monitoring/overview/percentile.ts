import type { BinCounts } from "@/db/queries/call-stats";
import { binMs } from "@/db/queries/call-sums";
import type { Percentiles } from "./contract";

/** How many values a histogram has in each of its bins. */
export type Histogram = Map<number, number>;

/** Adds values to a histogram, so many to each bin. */
export function addTo(histogram: Histogram, { bins, counts }: BinCounts): void {
  for (const [index, bin] of bins.entries()) histogram.set(bin, (histogram.get(bin) ?? 0) + (counts[index] ?? 0));
}

/** The middle, 95th and 99th percentile in milliseconds by nearest rank, each at most 2 % off; null of nothing. */
export function percentilesOf(histogram: Histogram): Percentiles {
  const bins = [...histogram].toSorted(([a], [b]) => a - b);
  const all = bins.reduce((sum, [, count]) => sum + count, 0);
  const at = (share: number) => {
    let left = Math.ceil(share * all);
    const found = bins.find(([, count]) => {
      left -= count;
      return left <= 0;
    });
    return found ? binMs(found[0]) : null;
  };
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
