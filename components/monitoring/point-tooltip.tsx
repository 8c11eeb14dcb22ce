import { useEffect } from "react";
import { type ChartData, styleOf } from "./chart-types";
import { unitText } from "./unit-text";

type Props = Omit<ChartData, "title"> & { index: number | null; onShow: (index: number | null) => void };

/** The values of the point under the pointer, or that the arrow keys went to. */
export function PointTooltip({ series, points, unit, shape, index, onShow }: Props) {
  useEffect(() => onShow(index), [index, onShow]);
  const point = index === null ? undefined : points[index];
  if (index === null || !point) return null;
  const values = series.map(({ values }) => values[index] ?? null);
  const own = values.filter((_, at) => !series[at]?.isBefore);
  const all = own.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  return (
    <div className="rounded-md border border-border bg-popover px-3 py-2 text-xs text-foreground shadow-floating">
      <p className="mb-1 font-medium">{point.label}</p>
      <table className="tabular-nums">
        <tbody>
          {series.map((one, at) => (
            <tr key={one.key}>
              <td className="pr-4">
                <span className="flex items-center gap-1.5">
                  <span aria-hidden className="size-2 rounded-full" style={{ background: styleOf(one, at, shape).colour }} />
                  <span className="max-w-48 truncate">{one.label}</span>
                </span>
              </td>
              <td className="text-right">{unitText(values[at] ?? null, unit)}</td>
            </tr>
          ))}
          {shape === "bars" && own.length > 1 && (
            <tr className="font-medium">
              <td className="pr-4">Together</td>
              <td className="text-right">{unitText(all, unit)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
