import type { calls } from "../schema/gateway";

export type Grain = "minute" | "quarter" | "hour";

/** Each stretch begins at a multiple of its length since 1970, UTC. */
const grainMs: Record<Grain, number> = { minute: 60_000, quarter: 900_000, hour: 3_600_000 };
const grains = Object.entries(grainMs) as [Grain, number][];

/** A value that a histogram gives is at most this share away from the true one. */
const accuracy = 0.02;
/** How much wider each bin is than the one before. DDSketch, Masson, Rim and Lee, VLDB 2019. */
const growth = (1 + accuracy) / (1 - accuracy);
const logGrowth = Math.log(growth);

/** What a bin stands for, in milliseconds: the value that is nowhere in the bin further off than `accuracy`. */
export const binMs = (bin: number): number => (2 * growth ** bin) / (growth + 1);

/** The bin of a time in milliseconds. Bin 0 has all up to a millisecond: clocks may run backwards. */
const binOf = (ms: number): number => Math.ceil(Math.log(Math.max(1, ms)) / logGrowth);

/** What the sums of a call need of it. */
export type SummedCall = Pick<
  typeof calls.$inferSelect,
  | "ownerId"
  | "keyId"
  | "model"
  | "upstream"
  | "purpose"
  | "outcome"
  | "cache"
  | "queuedMs"
  | "inputTokens"
  | "outputTokens"
  | "cachedTokens"
  | "costUsd"
  | "startedAt"
  | "firstTokenAt"
  | "endedAt"
> & { reason?: string | null };

/** A row's increment: what is alike of a stretch of time, counted. The bins that hold anything ascend. */
export type CallSums = Counts & Dimensions & Record<"firstTokenBins" | "firstTokenCounts" | "totalBins" | "totalCounts", number[]>;

type Dimensions = {
  scope: "all" | "person";
  grain: Grain;
  beginsAt: Date;
  ownerId: string | null;
  keyId: string | null;
  model: string;
  upstream: string;
  purpose: string;
  outcome: string;
  /** Empty where nothing failed. */
  reason: string;
};
const noCounts = {
  ...{ calls: 0, cacheHits: 0, inputTokens: 0, outputTokens: 0, cachedTokens: 0, queuedMs: 0, writtenTokens: 0, writingMs: 0, costUsd: 0 },
};
type Counts = typeof noCounts;
/** How many calls are in each bin. */
type Histogram = Map<number, number>;
type Sum = { dimensions: Dimensions; counts: Counts; firstTokens: Histogram; totals: Histogram };

/**
 * Adds up calls: for each stretch of time (minute, quarter of an hour, hour) and each combination of what they have in common
 * one sum, person by person and for all together. In an order that is the same everywhere, so that processes which store
 * theirs at once wait for each other and never crosswise.
 */
export function sumsOf(added: SummedCall[]): CallSums[] {
  // Most are alike: what a person's minute has in common is one before it goes into all grains and both scopes.
  const minutes = new Map<string, Sum>();
  for (const call of added) addTo(minutes, ofPersonsMinute(call), call);
  const sums = new Map<string, Sum>();
  for (const { dimensions, ...minute } of minutes.values()) {
    for (const [grain, lengthMs] of grains) {
      const stretch = { ...dimensions, grain, beginsAt: beginOf(dimensions.beginsAt, lengthMs) };
      merge(sumFor(sums, stretch), minute);
      merge(sumFor(sums, { ...stretch, scope: "all", ownerId: null, keyId: null }), minute);
    }
  }
  return [...sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, sum]) => toRow(sum));
}

const beginOf = (time: Date, lengthMs: number) => new Date(Math.floor(time.getTime() / lengthMs) * lengthMs);

function ofPersonsMinute({ startedAt, ownerId, keyId, model, upstream, purpose, outcome, reason }: SummedCall): Dimensions {
  const beginsAt = beginOf(startedAt, grainMs.minute);
  return { scope: "person", grain: "minute", beginsAt, ownerId, keyId, model, upstream, purpose, outcome, reason: reason ?? "" };
}

function sumFor(sums: Map<string, Sum>, dimensions: Dimensions): Sum {
  const key = JSON.stringify(Object.values(dimensions));
  const known = sums.get(key);
  if (known) return known;
  const sum: Sum = { dimensions, counts: { ...noCounts }, firstTokens: new Map(), totals: new Map() };
  sums.set(key, sum);
  return sum;
}

function addTo(sums: Map<string, Sum>, dimensions: Dimensions, call: SummedCall): void {
  const { counts, firstTokens, totals } = sumFor(sums, dimensions);
  const { outputTokens, startedAt, firstTokenAt, endedAt } = call;
  const isHit = call.cache === "hit" || call.cache === "similar";
  counts.calls += 1;
  if (isHit) counts.cacheHits += 1;
  for (const name of ["inputTokens", "outputTokens", "cachedTokens", "queuedMs", "costUsd"] as const) counts[name] += call[name];
  const writingMs = firstTokenAt ? endedAt.getTime() - firstTokenAt.getTime() : 0;
  // A host took time to write this reply, so that it tells a speed.
  if (!isHit && outputTokens > 0 && writingMs > 0) {
    counts.writtenTokens += outputTokens;
    counts.writingMs += writingMs;
  }
  if (firstTokenAt) count(firstTokens, binOf(firstTokenAt.getTime() - startedAt.getTime()));
  if (call.outcome === "complete") count(totals, binOf(endedAt.getTime() - startedAt.getTime()));
}

function merge(into: Sum, { counts, firstTokens, totals }: Omit<Sum, "dimensions">): void {
  for (const name of Object.keys(counts) as (keyof Counts)[]) into.counts[name] += counts[name];
  for (const [bin, held] of firstTokens) count(into.firstTokens, bin, held);
  for (const [bin, held] of totals) count(into.totals, bin, held);
}

function count(histogram: Histogram, bin: number, times = 1): void {
  histogram.set(bin, (histogram.get(bin) ?? 0) + times);
}

function toRow({ dimensions, counts, ...histograms }: Sum): CallSums {
  const [firstTokens = [], totals = []] = [histograms.firstTokens, histograms.totals].map((bins) => [...bins].sort(([a], [b]) => a - b));
  return {
    ...dimensions,
    ...counts,
    ...{ firstTokenBins: firstTokens.map(([bin]) => bin), firstTokenCounts: firstTokens.map(([, held]) => held) },
    ...{ totalBins: totals.map(([bin]) => bin), totalCounts: totals.map(([, held]) => held) },
  };
}
