import type { Metadata } from "next";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { AuditExports } from "@/components/monitoring/audit/audit-exports";
import { AuditFilters } from "@/components/monitoring/audit/audit-filters";
import { AuditList } from "@/components/monitoring/audit/audit-list";
import { RangePicker } from "@/components/monitoring/range-picker";
import { rangeText } from "@/components/monitoring/time-text";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { auditPage } from "@/lib/monitoring/audit/audit-page";
import { auditViewQuery } from "@/lib/monitoring/audit/contract";

export const metadata: Metadata = { title: "Audit" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Who did what, the newest first. For admins. */
export default async function MonitoringAuditPage({ searchParams }: Props) {
  const caller = await adminPageCaller();
  const [view, timeZone] = [auditViewQuery.parse(await searchParams), await readerTimeZone()];
  const page = await auditPage(caller, view, { timeZone, now: new Date() });
  const path = "/monitoring/audit";
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <RangePicker path={path} view={view} shown={page} text={rangeText(page, timeZone)} />
        <AuditExports view={view} shown={page} />
      </div>
      <AuditFilters path={path} view={view} actors={page.actors} />
      <AuditList path={path} view={view} page={page} timeZone={timeZone} />
    </>
  );
}
