import { type ChartShape, type Series, seriesColour, seriesDash } from "./chart-types";

/** What is drawn in which colour and pattern. */
export function ChartLegend({ series, shape }: { series: Series[]; shape: ChartShape }) {
  return (
    <ul className="flex min-h-4.5 flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground">
      {series.map(({ key, label }, index) => (
        <li key={key} className="flex min-w-0 items-center gap-1.5">
          <svg aria-hidden viewBox="0 0 16 8" className="h-2 w-4 shrink-0">
            {shape === "bars" ? (
              <rect width="16" height="8" rx="2" fill={seriesColour(index)} />
            ) : (
              <line x1="0" x2="16" y1="4" y2="4" stroke={seriesColour(index)} strokeWidth="2" strokeDasharray={seriesDash(index)} />
            )}
          </svg>
          <span className="truncate">{label}</span>
        </li>
      ))}
    </ul>
  );
}
