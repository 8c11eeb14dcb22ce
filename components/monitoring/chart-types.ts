import type { Unit } from "./unit-text";

/** The points that charts of one range share: their time in words, short and in full, and the link to what is behind them, if anything is. */
export type ChartPoint = { tick: string; label: string; href?: string };

/** One line, or one part of stacked bars, with a value for each point; null leaves a gap. That of the period before is always a line, beside the others. */
export type Series = { key: string; label: string; values: (number | null)[]; isBefore?: boolean };

/** Makes a series of what each point of a range has; a point that is null leaves a gap. */
export const lineOf =
  <T>(points: readonly (T | null)[]) =>
  (label: string, of: (point: T) => number | null): Series => ({ key: label, label, values: points.map((point) => point && of(point)) });

export type ChartShape = "bars" | "lines";

export type ChartData = { title: string; unit: Unit; shape: ChartShape; series: Series[]; points: ChartPoint[] };

/** What a series is drawn as and in: a colour, and for lines also a pattern, so that colour is never all that tells them apart. */
export function styleOf({ isBefore }: Series, index: number, shape: ChartShape) {
  if (isBefore) return { shape: "lines" as const, colour: "var(--muted-foreground)", dash: "1 3" };
  return { shape, colour: `var(--series-${(index % 7) + 1})`, dash: [undefined, "6 3", "2 3"][index % 3] };
}
