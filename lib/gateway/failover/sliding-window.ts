const size = 100;
/** Below this many figures a percentile says little. */
const least = 20;

/** The last hundred figures, for their percentiles. */
export function slidingWindow() {
  const figures: number[] = [];
  let next = 0;
  return {
    add(figure: number): void {
      figures[next] = figure;
      next = (next + 1) % size;
    },
    /** The figure that `share` (0 to 1) of the others do not exceed; undefined while fewer than twenty are known. */
    percentile(share: number): number | undefined {
      if (figures.length < least) return undefined;
      return figures.toSorted((a, b) => a - b)[Math.min(figures.length - 1, Math.floor(share * figures.length))];
    },
  };
}
