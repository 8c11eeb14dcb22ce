const mostPoints = 60;

/** The last sixty figures as points of a line from left to right, the smallest at the bottom; one that never changes is flat in the middle. */
export function sparklinePoints(figures: number[], { width, height }: { width: number; height: number }): { x: number; y: number }[] {
  const shown = figures.slice(-mostPoints);
  const [least, most] = [Math.min(...shown), Math.max(...shown)];
  const stepX = width / Math.max(1, shown.length - 1);
  return shown.map((figure, index) => ({
    x: round(index * stepX),
    y: round(most === least ? height / 2 : height - ((figure - least) / (most - least)) * height),
  }));
}

const round = (value: number) => Math.round(value * 10) / 10;
