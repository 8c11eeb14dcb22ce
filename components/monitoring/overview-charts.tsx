import type { Figures, Overview, Percentiles, Point, View } from "@/lib/monitoring/overview/contract";
import { reasonText } from "./call-words";
import { ChartCard } from "./chart-card";
import { lineOf, type Series } from "./chart-types";
import { chartsGrid } from "./measures";
import { pointText } from "./time-text";
import { viewHref } from "./view-href";

type Props = { overview: Overview; view: View; timeZone: string };

/** What happened over time, a chart for each question. */
export function OverviewCharts({ overview, view, timeZone }: Props) {
  const { points, pointsBefore, groups, reasons, step } = overview;
  const shared = points.map(({ from, to }) => ({
    ...pointText(from, { step, timeZone }),
    href: viewHref("/monitoring/calls", view, { from, to, by: null, range: "24h" }),
  }));
  const line = lineOf(points);
  const spread = (of: (point: Point) => Percentiles) =>
    (["p50", "p95", "p99"] as const).map((name) => line(name, (point) => of(point)[name]));
  const grouped = (of: (group: Point["byGroup"][number]) => number): Series[] =>
    groups.map(({ key, label }, at) => ({ key, label, values: points.map(({ byGroup }) => (byGroup[at] ? of(byGroup[at]) : 0)) }));
  /** One more line, when the period before is compared with. */
  const before = (of: (figures: Figures) => number | null, label = "Period before"): Series[] =>
    pointsBefore ? [{ key: "\u0001before", label, values: pointsBefore.map(of), isBefore: true }] : [];
  const isGrouped = view.by !== undefined;
  const failures = reasons.map(({ reason }, at) => line(reasonText(reason), ({ byReason }) => byReason[at] ?? 0));
  return (
    <div className={chartsGrid}>
      <ChartCard
        title="Requests"
        unit="count"
        shape="bars"
        points={shared}
        series={[
          ...(isGrouped ? grouped(({ calls }) => calls) : [line("Requests", ({ calls }) => calls)]),
          ...before(({ calls }) => calls),
        ]}
      />
      <ChartCard
        title="Errors"
        note="by kind"
        unit="count"
        shape="bars"
        points={shared}
        series={[...failures.slice(0, 7), ...before((figures) => figures.failures)]}
      />
      <ChartCard
        title="Time to first token"
        unit="ms"
        shape="lines"
        points={shared}
        series={[...spread(({ firstToken }) => firstToken), ...before(({ firstToken }) => firstToken.p95, "p95 before")]}
      />
      <ChartCard
        title="Total time"
        note="of calls that were completed"
        unit="ms"
        shape="lines"
        points={shared}
        series={[...spread(({ total }) => total), ...before(({ total }) => total.p95, "p95 before")]}
      />
      <ChartCard
        title="Tokens"
        unit="count"
        shape="bars"
        points={shared}
        series={[
          ...(isGrouped
            ? grouped(({ tokens }) => tokens)
            : [line("In", ({ inputTokens }) => inputTokens), line("Out", ({ outputTokens }) => outputTokens)]),
          ...before(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
        ]}
      />
      <ChartCard
        title="Cost"
        unit="usd"
        shape="bars"
        points={shared}
        series={[
          ...(isGrouped ? grouped(({ costUsd }) => costUsd) : [line("Cost", ({ costUsd }) => costUsd)]),
          ...before(({ costUsd }) => costUsd),
        ]}
      />
      <ChartCard
        title="Speed"
        note="tokens a second, while they are written"
        unit="perSecond"
        shape="lines"
        points={shared}
        series={[line("Speed", ({ tokensPerSecond }) => tokensPerSecond), ...before(({ tokensPerSecond }) => tokensPerSecond)]}
      />
      <ChartCard
        title="Cache hits"
        note="share of requests"
        unit="share"
        shape="lines"
        points={shared}
        series={[line("Cache hits", hitShare), ...before(hitShare)]}
      />
    </div>
  );
}

const hitShare = ({ cacheHits, calls }: Figures) => (calls === 0 ? null : cacheHits / calls);
