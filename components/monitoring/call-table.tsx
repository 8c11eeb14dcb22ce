import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { CallRow, View } from "@/lib/monitoring/overview/contract";
import { outcomeText, purposeText } from "./call-words";
import { ScrollTable } from "./scroll-table";
import { momentText } from "./time-text";
import { unitText } from "./unit-text";
import { viewHref } from "./view-href";

type Props = {
  path: string;
  view: View;
  page: { items: CallRow[]; nextCursor: string | null };
  timeZone: string;
  showsPeople: boolean;
  keptDays: number;
};

const cell = "py-2 pl-4 whitespace-nowrap";
const figure = `${cell} text-right`;

/** A page of calls, a line for each, and the way to older ones. */
export function CallTable({ path, view, page, timeZone, showsPeople, keptDays }: Props) {
  if (page.items.length === 0) {
    return (
      <p className="rounded-lg border border-border bg-card px-4 py-10 text-center text-sm text-muted-foreground">
        {view.cursor ? "There are no older calls in this time." : `No call of this time fits. Single calls are kept for ${keptDays} days.`}
      </p>
    );
  }
  const head = [
    "Time",
    ...(showsPeople ? ["Person"] : []),
    "Purpose",
    "Model",
    "Host",
    "Outcome",
    "Trace",
    "In line",
    "First token",
    "Total",
    "Tokens",
    "Cost",
  ];
  return (
    <>
      <ScrollTable caption="Calls" head={head} textColumns={showsPeople ? 7 : 6}>
        {page.items.map((call) => (
          <tr key={call.id} className="border-t border-border">
            <th scope="row" className="py-2 pr-3 font-normal whitespace-nowrap">
              <time dateTime={call.startedAt}>{momentText(call.startedAt, timeZone)}</time>
            </th>
            {showsPeople && <td className={`${cell} max-w-48 truncate`}>{call.user ?? "Hearth itself"}</td>}
            <td className={cell}>{call.keyName ? `${purposeText(call.purpose)} · ${call.keyName}` : purposeText(call.purpose)}</td>
            <td className={`${cell} max-w-64 truncate`} title={call.model}>
              {call.model}
            </td>
            <td className={`${cell} max-w-40 truncate`}>{call.upstream}</td>
            <td className={cell}>
              <Outcome {...call} />
            </td>
            <td className={cell}>
              <TraceLink trace={call.trace} />
            </td>
            <td className={figure}>{unitText(call.queuedMs, "ms")}</td>
            <td className={figure}>{unitText(call.firstTokenMs, "ms")}</td>
            <td className={figure}>{unitText(call.totalMs, "ms")}</td>
            <td className={figure} title={`${call.inputTokens} in, ${call.outputTokens} out`}>
              {unitText(call.inputTokens + call.outputTokens, "count")}
            </td>
            <td className={figure}>{unitText(call.costUsd, "usd")}</td>
          </tr>
        ))}
      </ScrollTable>
      <nav aria-label="Pages" className="flex justify-between gap-2">
        {view.cursor ? (
          <Button asChild>
            <Link href={viewHref(path, view)}>Newest calls</Link>
          </Button>
        ) : (
          <span />
        )}
        {page.nextCursor && (
          <Button asChild>
            <Link href={viewHref(path, view, { cursor: page.nextCursor })}>Older calls</Link>
          </Button>
        )}
      </nav>
    </>
  );
}

function TraceLink({ trace }: Pick<CallRow, "trace">) {
  if (!trace) return <span className="text-muted-foreground">Not kept</span>;
  return (
    <Link href={`/monitoring/traces/${trace.traceId}?span=${trace.spanId}`} prefetch={false} className="text-link hover:underline">
      Open
    </Link>
  );
}

function Outcome({ outcome, reason, cache }: CallRow) {
  const isKept = cache === "hit" || cache === "similar";
  return (
    <span className="flex gap-1.5">
      <Badge tone={outcome === "failed" ? "danger" : outcome === "complete" ? "success" : "neutral"}>{outcomeText(outcome, reason)}</Badge>
      {isKept && <Badge tone="accent">Cache</Badge>}
    </span>
  );
}
