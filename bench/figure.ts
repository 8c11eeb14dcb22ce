/** One measured figure: a table beside its baseline. */
export type Figure = {
  title: string;
  /** How it was measured, in a sentence or two. */
  method: string;
  columns: string[];
  rows: (string | number)[][];
  /** What the figure is held against, and whether it came up to it. */
  aim: string;
  isMet: boolean;
};

/** The middle of the values; of an even number of them, the lower of the two. */
export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

/** Rounded to so many digits after the point. */
export const round = (value: number, digits = 0) => Number(value.toFixed(digits));
