import type { AuditEvent, AuditView } from "@/lib/monitoring/audit/contract";
import { EmptyList, ListPages } from "../list-pages";
import { ScrollTable } from "../scroll-table";
import { AuditRow } from "./audit-row";

type Props = { path: string; view: AuditView; page: { items: AuditEvent[]; nextCursor: string | null }; timeZone: string };

/** A page of events, a line for each, and the way to older ones. */
export function AuditList({ path, view, page, timeZone }: Props) {
  if (page.items.length === 0) {
    return <EmptyList>{view.cursor ? "There are no older events in this time." : "No event of this time fits."}</EmptyList>;
  }
  return (
    <>
      <ScrollTable caption="Events" head={["Time", "Who", "What", "To what", "From", "Details"]} textColumns={6}>
        {page.items.map((event) => (
          <AuditRow key={event.id} {...{ path, view, event, timeZone }} />
        ))}
      </ScrollTable>
      <ListPages path={path} view={view} nextCursor={page.nextCursor} of="events" />
    </>
  );
}
