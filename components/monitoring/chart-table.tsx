import Link from "next/link";
import type { ChartData } from "./chart-types";
import { unitText } from "./unit-text";

/** The numbers behind a chart, the newest first; each time leads to its calls. Times without a value are left out. */
export function ChartTable({ title, unit, series, points }: ChartData) {
  const rows = points
    .map((point, index) => ({ point, values: series.map(({ values }) => values[index] ?? null) }))
    .filter(({ values }) => values.some((value) => value !== null && value !== 0))
    .toReversed();
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section aria-label={`${title}, as a table`} tabIndex={0} className="h-full overflow-auto">
      <table className="w-full text-left text-xs">
        <thead className="sticky top-0 bg-card text-muted-foreground">
          <tr>
            <th scope="col" className="py-1 pr-3 font-medium">
              Time
            </th>
            {series.map(({ key, label }) => (
              <th key={key} scope="col" className="py-1 pl-3 text-right font-medium">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map(({ point, values }, row) => (
            <tr key={`${point.label} ${row.toString()}`} className="border-t border-border">
              <th scope="row" className="py-1 pr-3 font-normal whitespace-nowrap">
                {point.href === undefined ? (
                  point.label
                ) : (
                  <Link href={point.href} prefetch={false} className="text-link hover:underline">
                    {point.label}
                  </Link>
                )}
              </th>
              {values.map((value, index) => (
                <td key={series[index]?.key} className="py-1 pl-3 text-right whitespace-nowrap">
                  {unitText(value, unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
