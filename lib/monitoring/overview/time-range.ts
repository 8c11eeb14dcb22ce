import type { Grain } from "@/db/queries/call-sums";
import { keptMs } from "../rollups/kept-ms";
import type { Overview, View } from "./contract";
import { shiftDays, startOfDay } from "./zone";

type Step = Overview["step"];

/** A range cut into points, and the one before it that it is compared with, point by point. Moments are milliseconds since 1970. */
export type TimeRange = { step: Step; grain: Grain; edges: number[]; before: number[] };

const minuteMs = 60_000;
const dayMs = 86_400_000;
const stepMs = { minute: minuteMs, quarter: 15 * minuteMs, hour: 60 * minuteMs } as const;
const presetMs = { "1h": 60 * minuteMs, "24h": dayMs, "7d": 7 * dayMs, "30d": 30 * dayMs } as const;
/** No range is longer: as many days as a chart can show, and roll-ups are kept. */
const maxMs = 1_098 * dayMs;

/**
 * The range of a view: from a preset, up to the step that `now` is in, or the reader's own. Steps of a day are the days of
 * the reader's time zone, 23 or 25 hours long where its clocks change.
 */
export function timeRange({ range, ...own }: Pick<View, "range" | "from" | "to">, timeZone: string, now: number): TimeRange {
  const isOwn = own.from !== undefined || own.to !== undefined;
  const until = isOwn ? Math.min(Date.parse(own.to ?? new Date(now).toISOString()), now + dayMs) : now;
  const since = own.from === undefined ? until - presetMs[range] : Date.parse(own.from);
  const lengthMs = Math.min(Math.max(until - since, minuteMs), maxMs);
  const step = stepFor(lengthMs, now - until + 2 * lengthMs);
  const cut = step === "day" ? dayEdges(until, lengthMs, { timeZone, isOwn }) : evenEdges(until, lengthMs, stepMs[step]);
  // Of long ago only hours are kept, also where a day begins at half past.
  const isOld = now - until + 2 * lengthMs > keptMs.quarter;
  const edges = isOld ? cut.map((edge) => Math.floor(edge / stepMs.hour) * stepMs.hour) : cut;
  const before = edgesBefore(edges, step, timeZone);
  return { step, grain: isOld ? "hour" : grainFor([...edges, ...before]), edges, before };
}

/** Some 60 to 180 points, of sums that are still kept `ageMs` ago. */
function stepFor(lengthMs: number, ageMs: number): Step {
  if (lengthMs <= 3 * stepMs.hour && ageMs < keptMs.minute) return "minute";
  if (lengthMs <= 2 * dayMs && ageMs < keptMs.quarter) return "quarter";
  return lengthMs <= 8 * dayMs ? "hour" : "day";
}

function evenEdges(until: number, lengthMs: number, step: number): number[] {
  const to = Math.ceil(until / step) * step;
  const count = Math.max(1, Math.round(lengthMs / step));
  return Array.from({ length: count + 1 }, (_, index) => to - (count - index) * step);
}

/** Days of a preset are whole ones up to today, which ends with the hour; those of a reader's own range end with its end. */
function dayEdges(until: number, lengthMs: number, { timeZone, isOwn }: { timeZone: string; isOwn: boolean }): number[] {
  const to = Math.ceil(until / stepMs.hour) * stepMs.hour;
  const first = isOwn ? startOfDay(until - lengthMs, timeZone) : startOfDay(until, timeZone, 1 - Math.round(lengthMs / dayMs));
  const edges: number[] = [];
  for (let day = first, index = 0; day < to; index += 1, day = startOfDay(first, timeZone, index)) edges.push(day);
  return [...edges, to];
}

/** As long by the clock, so that a day is compared with a day whatever their hours. */
function edgesBefore(edges: number[], step: Step, timeZone: string): number[] {
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  if (step !== "day") return edges.map((edge) => edge - (to - from));
  return edges.map((edge) => Math.min(shiftDays(edge, timeZone, 1 - edges.length), from));
}

/** The coarsest grain that has a boundary at each of the edges. */
function grainFor(edges: number[]): Grain {
  const isOn = (grain: Grain) => edges.every((edge) => edge % stepMs[grain] === 0);
  return isOn("hour") ? "hour" : isOn("quarter") ? "quarter" : "minute";
}
