import type { Overview } from "@/lib/monitoring/overview/contract";
import type { ProcessMoment } from "@/lib/monitoring/samples/contract";
import { ChartCard } from "./chart-card";
import type { Series } from "./chart-types";
import { chartsGrid } from "./measures";
import { pointText } from "./time-text";

type Props = { overview: Overview; history: (ProcessMoment | null)[]; timeZone: string };

/** How the server's processes were over the range: what they took, and what they had to do. */
export function ProcessCharts({ overview: { points, step }, history, timeZone }: Props) {
  const shared = points.map(({ from }) => pointText(from, { step, timeZone }));
  const line = (label: string, of: (moment: ProcessMoment) => number | null): Series => ({
    ...{ key: label, label },
    values: history.map((moment) => moment && of(moment)),
  });
  return (
    <section aria-labelledby="process-heading" className="flex flex-col gap-4">
      <h2 id="process-heading" className="text-base font-semibold">
        Process{" "}
        <span className="text-xs font-normal text-muted-foreground">
          by the hour after eight days, for a year; of several processes the largest
        </span>
      </h2>
      <div className={chartsGrid}>
        <ChartCard
          title="Memory"
          unit="bytes"
          shape="lines"
          points={shared}
          series={[
            line("Resident", ({ residentBytes }) => residentBytes),
            line("Resident, least", ({ leastResidentBytes }) => leastResidentBytes),
            line("Heap", ({ heapBytes }) => heapBytes),
          ]}
        />
        <ChartCard
          title="Event-loop lag"
          note="by how much timers were late"
          unit="ms"
          shape="lines"
          points={shared}
          series={[line("p50", ({ lagP50Ms }) => lagP50Ms), line("p99", ({ lagP99Ms }) => lagP99Ms)]}
        />
        <ChartCard
          title="Processor"
          note="share of one core"
          unit="share"
          shape="lines"
          points={shared}
          series={[line("Processor", ({ cpuShare }) => cpuShare)]}
        />
        <ChartCard
          title="Work at once"
          note="replies being written, and calls in line"
          unit="count"
          shape="lines"
          points={shared}
          series={[line("Replies", ({ liveRuns }) => liveRuns), line("In line", ({ waitingCalls }) => waitingCalls)]}
        />
        <ChartCard
          title="Database"
          note="size on disk"
          unit="bytes"
          shape="lines"
          points={shared}
          series={[line("Database", ({ databaseBytes }) => databaseBytes)]}
        />
      </div>
    </section>
  );
}
