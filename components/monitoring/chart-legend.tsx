import { type ChartShape, type Series, styleOf } from "./chart-types";

/** What is drawn in which colour and pattern. */
export function ChartLegend({ series, shape }: { series: Series[]; shape: ChartShape }) {
  return (
    <ul className="flex min-h-4.5 flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
      {series.map((one, index) => {
        const { shape: drawnAs, colour, dash } = styleOf(one, index, shape);
        return (
          <li key={one.key} className="flex min-w-0 items-center gap-1.5">
            <svg aria-hidden viewBox="0 0 16 8" className="h-2 w-4 shrink-0">
              {drawnAs === "bars" ? (
                <rect width="16" height="8" rx="2" fill={colour} />
              ) : (
                <line x1="0" x2="16" y1="4" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
              )}
            </svg>
            <span className="truncate">{one.label}</span>
          </li>
        );
      })}
    </ul>
  );
}
