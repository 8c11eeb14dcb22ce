import type { Metadata } from "next";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { CallFilters } from "@/components/monitoring/call-filters";
import { CallTable } from "@/components/monitoring/call-table";
import { FilterChips } from "@/components/monitoring/filter-chips";
import { RangePicker } from "@/components/monitoring/range-picker";
import { rangeText } from "@/components/monitoring/time-text";
import { pageCaller } from "@/lib/auth/page-caller";
import { env } from "@/lib/core/env";
import { filterLabels } from "@/lib/monitoring/overview/filter-labels";
import { listCalls } from "@/lib/monitoring/overview/list-calls";
import { viewOf } from "@/lib/monitoring/overview/view-scope";

export const metadata: Metadata = { title: "Calls" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Single calls to models, the newest first: everybody's for admins, else the reader's own. */
export default async function CallsPage({ searchParams }: Props) {
  const caller = await pageCaller();
  const [view, timeZone] = [viewOf(caller, await searchParams), await readerTimeZone()];
  const [page, labels] = await Promise.all([listCalls({ caller, view, timeZone, now: new Date() }), filterLabels(caller, view)]);
  const path = "/monitoring/calls";
  return (
    <>
      <RangePicker path={path} view={view} shown={page} text={rangeText(page, timeZone)} />
      <CallFilters path={path} view={view} />
      <FilterChips path={path} view={view} labels={labels} />
      <CallTable {...{ path, view, page, timeZone }} showsPeople={caller.role === "admin"} keptDays={env().HEARTH_CALLS_KEEP_DAYS} />
    </>
  );
}
