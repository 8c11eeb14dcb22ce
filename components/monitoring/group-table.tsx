import Link from "next/link";
import type { Grouping, NamedFigures, View } from "@/lib/monitoring/overview/contract";
import { ScrollTable } from "./scroll-table";
import { unitText } from "./unit-text";
import { viewHref } from "./view-href";

const heads: Record<Grouping, string> = { model: "Model", user: "Person", key: "Key", purpose: "Purpose", host: "Host" };
const columns: [name: string, value: (figures: NamedFigures) => string][] = [
  ["Requests", ({ calls }) => unitText(calls, "count")],
  ["Errors", ({ calls, failures }) => unitText(calls === 0 ? null : failures / calls, "share")],
  ["First token p50", ({ firstToken }) => unitText(firstToken.p50, "ms")],
  ["p95", ({ firstToken }) => unitText(firstToken.p95, "ms")],
  ["p99", ({ firstToken }) => unitText(firstToken.p99, "ms")],
  ["Total p50", ({ total }) => unitText(total.p50, "ms")],
  ["p95", ({ total }) => unitText(total.p95, "ms")],
  ["p99", ({ total }) => unitText(total.p99, "ms")],
  ["Speed", ({ tokensPerSecond }) => unitText(tokensPerSecond, "perSecond")],
  ["Tokens", ({ inputTokens, outputTokens }) => unitText(inputTokens + outputTokens, "count")],
  ["Cost", ({ costUsd }) => unitText(costUsd, "usd")],
];

/** The groups of a view side by side. Each leads to the same view of that one alone. */
export function GroupTable({ by, groups, view }: { by: Grouping; groups: NamedFigures[]; view: View }) {
  return (
    <ScrollTable caption={`By ${heads[by].toLowerCase()}`} head={[heads[by], ...columns.map(([name]) => name)]}>
      {groups.map((group) => (
        <tr key={group.key} className="border-t border-border">
          <th scope="row" className="max-w-72 truncate py-2 pr-3 font-normal" title={group.label}>
            {group.key.startsWith("\u0001") ? (
              group.label
            ) : (
              <Link href={viewHref("/monitoring", view, { by: null, [by]: group.key })} className="text-link hover:underline">
                {group.label}
              </Link>
            )}
          </th>
          {columns.map(([name, value], at) => (
            <td key={`${name}-${at.toString()}`} className="py-2 pl-4 text-right whitespace-nowrap">
              {value(group)}
            </td>
          ))}
        </tr>
      ))}
    </ScrollTable>
  );
}
