import type { Metadata } from "next";
import { readerTimeZone } from "@/app/(workspace)/reader-time-zone";
import { FilterChips } from "@/components/monitoring/filter-chips";
import { LiveMark } from "@/components/monitoring/live/live-mark";
import { LivePage } from "@/components/monitoring/live/live-page";
import { RangePicker } from "@/components/monitoring/range-picker";
import { rangeText } from "@/components/monitoring/time-text";
import { TraceFilters } from "@/components/monitoring/traces/trace-filters";
import { TraceTable } from "@/components/monitoring/traces/trace-table";
import { pageCaller } from "@/lib/auth/page-caller";
import { subjectChoices } from "@/lib/gateway/limits/subject-choices";
import { filterLabels } from "@/lib/monitoring/overview/filter-labels";
import { listTraces, traceViewOf } from "@/lib/monitoring/spans/list-traces";
import { traceSettings } from "@/lib/monitoring/spans/trace-settings";

export const metadata: Metadata = { title: "Traces" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Runs and calls, the newest first: everybody's for admins, else the reader's own. Live while it shows the time up to now. */
export default async function TracesPage({ searchParams }: Props) {
  const caller = await pageCaller();
  const madeAt = new Date();
  const isAdmin = caller.role === "admin";
  const [view, timeZone] = [traceViewOf(caller, await searchParams), await readerTimeZone()];
  const [page, labels, people] = await Promise.all([
    listTraces({ caller, view, timeZone, now: madeAt }),
    filterLabels(caller, view),
    isAdmin ? subjectChoices().then((choices) => choices.people) : [],
  ]);
  const path = "/monitoring/traces";
  // To look for a text reads whatever was said in that time: not something to do every other second.
  const isLive = [view.to, view.cursor, view.text].every((field) => field === undefined);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <RangePicker path={path} view={view} shown={page} text={rangeText(page, timeZone)} />
        {isLive && (
          <LivePage follow={{ of: "traces", since: madeAt.toISOString() }} minMs={2_000}>
            <LiveMark />
          </LivePage>
        )}
      </div>
      <TraceFilters path={path} view={view} people={people} />
      <FilterChips path={path} view={view} labels={labels} />
      <TraceTable {...{ path, view, page, timeZone }} showsPeople={isAdmin} keptDays={traceSettings().traceKeepDays} />
    </>
  );
}
