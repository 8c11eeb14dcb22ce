import Link from "next/link";
import { Button } from "@/components/ui/button";
import type { AuditEvent, AuditView } from "@/lib/monitoring/audit/contract";
import { ScrollTable } from "../scroll-table";
import { viewHref } from "../view-href";
import { AuditRow } from "./audit-row";

type Props = { path: string; view: AuditView; page: { items: AuditEvent[]; nextCursor: string | null }; timeZone: string };

/** A page of events, a line for each, and the way to older ones. */
export function AuditList({ path, view, page, timeZone }: Props) {
  if (page.items.length === 0) {
    return (
      <p className="rounded-lg border border-border bg-card px-4 py-10 text-center text-sm text-muted-foreground">
        {view.cursor ? "There are no older events in this time." : "No event of this time fits."}
      </p>
    );
  }
  return (
    <>
      <ScrollTable caption="Events" head={["Time", "Who", "What", "To what", "From", "Details"]} textColumns={6}>
        {page.items.map((event) => (
          <AuditRow key={event.id} {...{ path, view, event, timeZone }} />
        ))}
      </ScrollTable>
      <nav aria-label="Pages" className="flex justify-between gap-2">
        {view.cursor ? (
          <Button asChild>
            <Link href={viewHref(path, view)}>Newest events</Link>
          </Button>
        ) : (
          <span />
        )}
        {page.nextCursor && (
          <Button asChild>
            <Link href={viewHref(path, view, { cursor: page.nextCursor })}>Older events</Link>
          </Button>
        )}
      </nav>
    </>
  );
}
