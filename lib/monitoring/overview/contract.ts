import { z } from "zod";

/** What a chart's calls can be told apart by. */
export const groupings = ["model", "user", "key", "purpose", "host"] as const;
export const presets = ["1h", "24h", "7d", "30d"] as const;
export const filterNames = [...groupings, "outcome", "reason"] as const;

const moment = z.iso.datetime().optional().catch(undefined);
const word = z.string().max(500).optional().catch(undefined);
/** A field that a form leaves empty filters nothing; for a person, key or reason to be empty means to have none. */
const filled = z.string().min(1).max(500).optional().catch(undefined);

/** A view as a link holds it. What cannot be read is as if it were not there: a link from elsewhere still shows something. */
export const viewQuery = z.object({
  range: z.enum(presets).default("24h").catch("24h"),
  /** Moments of a range of one's own, which goes before `range`. */
  from: moment,
  to: moment,
  by: z.enum(groupings).optional().catch(undefined),
  /** Whether charts show the period before beside their own. */
  compare: z.literal("before").optional().catch(undefined),
  ...{ model: filled, user: word, key: word, purpose: filled, host: filled, outcome: filled, reason: word },
  cursor: word,
});

export type View = z.output<typeof viewQuery>;
export type Grouping = (typeof groupings)[number];

/** Percentiles of a latency in milliseconds; null where nothing was measured. */
export type Percentiles = { p50: number | null; p95: number | null; p99: number | null };

/** What calls took together. A rate is null where there is nothing to divide by. */
export type Figures = {
  calls: number;
  failures: number;
  firstToken: Percentiles;
  total: Percentiles;
  tokensPerSecond: number | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  cacheHits: number;
  queuedMs: number;
};

export type NamedFigures = Figures & { key: string; label: string };

/** A stretch of time, `from` inclusive and `to` exclusive, as ISO 8601, and what its calls took. `values` are of the groups in order. */
export type Point = Figures & { from: string; to: string; byGroup: GroupPoint[]; byReason: number[] };
export type GroupPoint = { calls: number; tokens: number; costUsd: number };

/** All that the Overview shows of the past. */
export type Overview = {
  from: string;
  to: string;
  step: "minute" | "quarter" | "hour" | "day";
  now: Figures;
  before: Figures;
  points: Point[];
  /** What the period before has in the place of each point; null when it is not compared with. */
  pointsBefore: Figures[] | null;
  /** The groups with the most calls, and what is left of the others; one without a name when nothing is grouped. */
  groups: NamedFigures[];
  /** Kinds of failure, the most frequent first. */
  reasons: { reason: string; calls: number }[];
};

/** One call in a list. Times are ISO 8601. */
export type CallRow = {
  id: string;
  startedAt: string;
  user: string | null;
  keyName: string | null;
  model: string;
  upstream: string;
  purpose: string;
  outcome: string;
  reason: string | null;
  cache: string;
  queuedMs: number;
  firstTokenMs: number | null;
  totalMs: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
  /** Where in which trace it is; null where none is kept. */
  trace: { traceId: string; spanId: string } | null;
};

/** A day of the reader's own calendar, as `2026-07-01`, when it begins and ends, and what was used on it. */
export type DayUse = { day: string; from: string; to: string; calls: number; tokens: number; costUsd: number };
