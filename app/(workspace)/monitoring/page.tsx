import type { Metadata } from "next";
import { CompareLink } from "@/components/monitoring/compare-link";
import { FigureTiles } from "@/components/monitoring/figure-tiles";
import { FilterChips } from "@/components/monitoring/filter-chips";
import { GroupPicker } from "@/components/monitoring/group-picker";
import { GroupTable } from "@/components/monitoring/group-table";
import { LiveMark } from "@/components/monitoring/live/live-mark";
import { LivePage } from "@/components/monitoring/live/live-page";
import { NowPanel } from "@/components/monitoring/now-panel";
import { OverviewCharts } from "@/components/monitoring/overview-charts";
import { ProcessCharts } from "@/components/monitoring/process-charts";
import { RangePicker } from "@/components/monitoring/range-picker";
import { rangeText } from "@/components/monitoring/time-text";
import { pageCaller } from "@/lib/auth/page-caller";
import { filterLabels } from "@/lib/monitoring/overview/filter-labels";
import { getOverview } from "@/lib/monitoring/overview/get-overview";
import { viewOf } from "@/lib/monitoring/overview/view-scope";
import { processHistory } from "@/lib/monitoring/samples/process-history";
import { readerTimeZone } from "../reader-time-zone";
import { readNow } from "./read-now";

export const metadata: Metadata = { title: "Monitoring" };

/** How soon a point of a range can look different, and how long it takes for a new one to begin. */
const minMs = { minute: 5_000, quarter: 10_000, hour: 30_000, day: 60_000 };
const maxMs = { minute: 60_000, quarter: 900_000, hour: 3_600_000, day: 3_600_000 };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** How calls to models go: everybody's for admins, else the reader's own. Live while it shows the time up to now. */
export default async function OverviewPage({ searchParams }: Props) {
  const caller = await pageCaller();
  const [view, timeZone] = [viewOf(caller, await searchParams), await readerTimeZone()];
  const isAdmin = caller.role === "admin";
  const madeAt = new Date();
  const [overview, labels, now] = await Promise.all([
    getOverview({ caller, view, timeZone, now: madeAt }),
    filterLabels(caller, view),
    isAdmin ? readNow() : null,
  ]);
  const edges = [...overview.points.map(({ from }) => from), overview.to].map(Date.parse);
  const history = isAdmin ? await processHistory(edges) : null;
  const [path, isLive] = ["/monitoring", view.to === undefined];
  return (
    <LivePage
      follow={{ of: "calls", since: madeAt.toISOString() }}
      minMs={isLive ? minMs[overview.step] : null}
      maxMs={maxMs[overview.step]}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <RangePicker path={path} view={view} shown={overview} text={rangeText(overview, timeZone)}>
          {isLive && <LiveMark />}
        </RangePicker>
        <div className="flex max-w-full flex-wrap items-center gap-x-3 gap-y-2">
          <CompareLink path={path} view={view} />
          <GroupPicker path={path} view={view} isAdmin={isAdmin} />
        </div>
      </div>
      <FilterChips path={path} view={view} labels={labels} />
      {now && <NowPanel atFirst={now} />}
      <FigureTiles now={overview.now} before={overview.before} />
      <OverviewCharts overview={overview} view={view} timeZone={timeZone} />
      {view.by && overview.groups.length > 0 && <GroupTable by={view.by} groups={overview.groups} view={view} />}
      {history && <ProcessCharts overview={overview} history={history} timeZone={timeZone} />}
    </LivePage>
  );
}
