import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import type { TraceRow, TraceView } from "@/lib/monitoring/spans/contract";
import { EmptyList, ListPages } from "../list-pages";
import { ScrollTable } from "../scroll-table";
import { momentText } from "../time-text";
import { unitText } from "../unit-text";
import { statusNames, statusTones } from "./span-words";

type Props = {
  path: string;
  view: TraceView;
  page: { items: TraceRow[]; nextCursor: string | null };
  timeZone: string;
  showsPeople: boolean;
  keptDays: number;
};

const cell = "py-2 pl-4 whitespace-nowrap";
const figure = `${cell} text-right`;

/** A page of traces, a line for each that leads to its waterfall, and the way to older ones. */
export function TraceTable({ path, view, page, timeZone, showsPeople, keptDays }: Props) {
  if (page.items.length === 0) {
    const none = `No trace of this time fits. Traces are kept for ${keptDays} ${keptDays === 1 ? "day" : "days"}.`;
    return <EmptyList>{view.cursor ? "There are no older traces in this time." : none}</EmptyList>;
  }
  const head = ["Time", "Trace", ...(showsPeople ? ["Person"] : []), "Model", "Status", "Spans", "Total", "Tokens", "Cost"];
  return (
    <>
      <ScrollTable caption="Traces" head={head} textColumns={showsPeople ? 5 : 4}>
        {page.items.map((trace) => (
          <tr key={trace.id} className="border-t border-border">
            <th scope="row" className="py-2 pr-3 font-normal whitespace-nowrap">
              <time dateTime={trace.startedAt}>{momentText(trace.startedAt, timeZone)}</time>
            </th>
            <td className={cell}>
              <Link href={`/monitoring/traces/${trace.traceId}`} className="text-link underline-offset-4 hover:underline">
                {trace.name}
              </Link>
            </td>
            {showsPeople && <td className={`${cell} max-w-48 truncate`}>{trace.user ?? "Hearth itself"}</td>}
            <td className={`${cell} max-w-64 truncate`} title={trace.model ?? undefined}>
              {trace.model ?? "–"}
            </td>
            <td className={cell}>
              <Badge tone={statusTones[trace.status]} title={trace.error ?? undefined}>
                {statusNames[trace.status]}
              </Badge>
            </td>
            <td className={figure}>{unitText(trace.spans, "count")}</td>
            <td className={figure}>{unitText(trace.totalMs, "ms")}</td>
            <td className={figure} title={`${trace.inputTokens} in, ${trace.outputTokens} out`}>
              {unitText(trace.inputTokens + trace.outputTokens, "count")}
            </td>
            <td className={figure}>{unitText(trace.costUsd, "usd")}</td>
          </tr>
        ))}
      </ScrollTable>
      <ListPages path={path} view={view} nextCursor={page.nextCursor} of="traces" />
    </>
  );
}
