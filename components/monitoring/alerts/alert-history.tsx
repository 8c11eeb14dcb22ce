import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { Alert } from "@/lib/monitoring/alerts/contract";
import { ScrollTable } from "../scroll-table";
import { momentText } from "../time-text";
import { alertText } from "./alert-words";

type Props = { path: string; history: { items: Alert[]; nextCursor: string | null }; isOlder: boolean; timeZone: string };

const cell = "py-2 pl-4 whitespace-nowrap";

/** Alerts that are over, the newest first. */
export function AlertHistory({ path, history, isOlder, timeZone }: Props) {
  if (history.items.length === 0) return null;
  return (
    <>
      <ScrollTable caption="History" head={["Began", "Ended", "Alert", "Value at the end", "Seen by"]} textColumns={5}>
        {history.items.map((alert) => (
          <tr key={alert.id} className="border-t border-border">
            <th scope="row" className="py-2 pr-3 font-normal whitespace-nowrap">
              <time dateTime={alert.startedAt}>{momentText(alert.startedAt, timeZone)}</time>
            </th>
            <td className={cell}>{alert.resolvedAt && momentText(alert.resolvedAt, timeZone)}</td>
            <td className={cell}>{alert.label ? `${alert.ruleName}: ${alert.label}` : alert.ruleName}</td>
            <td className={cell}>{alertText(alert)}</td>
            <td className={cell}>{alert.acknowledgedBy ?? "–"}</td>
          </tr>
        ))}
      </ScrollTable>
      <nav aria-label="Pages" className="flex justify-between gap-2">
        {isOlder ? (
          <Button asChild>
            <Link href={path}>Newest alerts</Link>
          </Button>
        ) : (
          <span />
        )}
        {history.nextCursor && (
          <Button asChild>
            <Link href={`${path}?cursor=${history.nextCursor}`}>Older alerts</Link>
          </Button>
        )}
      </nav>
    </>
  );
}
