import { countText, moneyText } from "@/components/limits/limit-words";
import type { UsageRow } from "@/lib/gateway/usage/contract";

type Props = { caption: string; head: string; rows: UsageRow[] };

const figure = "py-1.5 pl-3 text-right tabular-nums sm:w-24";

/** What calls took, a line for each model or day. Scrolls sideways where the page is narrow. */
export function UsageTable({ caption, head, rows }: Props) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <caption className="pb-1 text-left font-medium">{caption}</caption>
        <thead className="align-bottom text-xs text-muted-foreground">
          <tr>
            <th scope="col" className="py-1.5 font-medium">
              {head}
            </th>
            {["Calls", "Tokens in", "Tokens out", "Cost"].map((name) => (
              <th key={name} scope="col" className={`${figure} font-medium`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-border">
              <th scope="row" className="min-w-24 py-1.5 font-normal wrap-anywhere">
                {row.label}
              </th>
              <td className={figure}>{countText(row.calls)}</td>
              <td className={figure}>{countText(row.inputTokens)}</td>
              <td className={figure}>{countText(row.outputTokens)}</td>
              <td className={figure}>{moneyText(row.costUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
