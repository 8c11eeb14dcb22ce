import { db } from "@/db/database";
import { type CallSums, type Latencies, listCallSums, listLatencies, type StatsScope } from "@/db/queries/call-stats";
import type { Caller } from "@/lib/http/caller";
import { recordReading } from "../audit/record-reading";
import { labelGroups } from "./call-labels";
import type { Figures, Grouping, NamedFigures, Overview, Point, View } from "./contract";
import { addTo, type Histogram, percentilesOf } from "./percentile";
import { timeRange } from "./time-range";
import { filtersOf, ownerOf } from "./view-scope";

/** A chart with more colours than these is none. */
const maxGroups = 6;
/** The key of what is left of the others; no id or name has this character. */
export const othersKey = "\u0001others";

/**
 * What calls took in a view's range, point by point and beside the period before: everybody's for admins, else the caller's own.
 * Read from the roll-ups alone, some seconds behind. That an admin tells people apart, or looks at one, is written down.
 */
export async function getOverview({
  caller,
  view,
  timeZone,
  now,
}: {
  caller: Caller;
  view: View;
  timeZone: string;
  now: Date;
}): Promise<Overview> {
  const { step, grain, edges, before } = timeRange(view, timeZone, now.getTime());
  const scope = { ownerId: ownerOf(caller, view), filters: filtersOf(caller, view), grain };
  if (scope.ownerId !== null || view.by === "user") await recordReading(caller, { action: "usage.viewed", ownerId: scope.ownerId });
  // The period before as one point or as many, then what may lie between, and the range's own follow.
  const earlier = view.compare === undefined ? [before[0] ?? 0, before.at(-1) ?? 0] : before;
  const [gap, first] = [earlier.length, earlier.length + 1];
  const both: StatsScope = { ...scope, edges: [...earlier, ...edges] };
  const by = view.by ?? null;
  const sums = await listCallSums(db(), both, by);
  const latencies = await listLatencies(db(), both, null);
  const groupLatencies = by === null ? [] : await listLatencies(db(), { ...scope, edges: [edges[0] ?? 0, edges.at(-1) ?? 0] }, by);
  const current = sums.filter(({ point }) => point > gap);
  const groups = await groupsOf(current, groupLatencies, by);
  const reasons = reasonsOf(current);
  return {
    from: new Date(edges[0] ?? 0).toISOString(),
    to: new Date(edges.at(-1) ?? 0).toISOString(),
    step,
    now: figuresOf(
      current,
      latencies.filter(({ point }) => point > gap),
    ),
    before: figuresOf(
      sums.filter(({ point }) => point < gap),
      latencies.filter(({ point }) => point < gap),
    ),
    points: pointsOf(edges, { sums: current, latencies, groups, reasons, first }),
    pointsBefore: view.compare === undefined ? null : figuresAt(sums, latencies, { first: 1, count: edges.length - 1 }),
    groups,
    reasons,
  };
}

/** The figures of `count` points one after the other. */
function figuresAt(sums: CallSums[], latencies: Latencies[], { first, count }: { first: number; count: number }): Figures[] {
  const sumsAt = Map.groupBy(sums, ({ point }) => point);
  const latenciesAt = Map.groupBy(latencies, ({ point }) => point);
  return Array.from({ length: count }, (_, index) => figuresOf(sumsAt.get(first + index) ?? [], latenciesAt.get(first + index) ?? []));
}

type Parts = { sums: CallSums[]; latencies: Latencies[]; groups: NamedFigures[]; reasons: Overview["reasons"]; first: number };

function pointsOf(edges: number[], { sums, latencies, groups, reasons, first }: Parts): Point[] {
  const figures = figuresAt(sums, latencies, { first, count: edges.length - 1 });
  const sumsAt = Map.groupBy(sums, ({ point }) => point);
  const named = new Set(groups.map(({ key }) => key));
  return figures.map((all, index) => {
    const own = sumsAt.get(first + index) ?? [];
    const byGroup = groups.map(({ key }) => {
      const rows = own.filter(({ group }) => (key === othersKey ? !named.has(group) : group === key));
      return { calls: sum(rows, "calls"), tokens: sum(rows, "inputTokens") + sum(rows, "outputTokens"), costUsd: sum(rows, "costUsd") };
    });
    return {
      from: new Date(edges[index] ?? 0).toISOString(),
      to: new Date(edges[index + 1] ?? 0).toISOString(),
      ...all,
      byGroup,
      byReason: reasons.map(({ reason }) =>
        sum(
          own.filter((row) => row.outcome === "failed" && row.reason === reason),
          "calls",
        ),
      ),
    };
  });
}

/** The groups with the most calls by themselves and the others as one; with one group, as when nothing is grouped, that one. */
async function groupsOf(sums: CallSums[], latencies: Latencies[], by: Grouping | null): Promise<NamedFigures[]> {
  const byKey = [...Map.groupBy(sums, ({ group }) => group)].toSorted(([, a], [, b]) => sum(b, "calls") - sum(a, "calls"));
  const shown = byKey.length > maxGroups + 1 ? byKey.slice(0, maxGroups) : byKey;
  const others = byKey.slice(shown.length);
  const labels = await labelGroups(
    by,
    shown.map(([key]) => key),
  );
  const named = shown.map(([key, rows]) => ({
    key,
    label: labels.get(key) ?? key,
    ...figuresOf(
      rows,
      latencies.filter(({ group }) => group === key),
    ),
  }));
  if (others.length === 0) return named;
  const keys = new Set(others.map(([key]) => key));
  const rest = figuresOf(
    others.flatMap(([, rows]) => rows),
    latencies.filter(({ group }) => keys.has(group)),
  );
  return [...named, { key: othersKey, label: `${others.length} others`, ...rest }];
}

function reasonsOf(sums: CallSums[]): Overview["reasons"] {
  const failed = Map.groupBy(
    sums.filter(({ outcome }) => outcome === "failed"),
    ({ reason }) => reason,
  );
  return [...failed].map(([reason, rows]) => ({ reason, calls: sum(rows, "calls") })).toSorted((a, b) => b.calls - a.calls);
}

function figuresOf(sums: CallSums[], latencies: Latencies[]): Figures {
  const [firstToken, total]: [Histogram, Histogram] = [new Map(), new Map()];
  for (const one of latencies) {
    addTo(firstToken, one.firstToken);
    addTo(total, one.total);
  }
  const writingMs = sum(sums, "writingMs");
  return {
    calls: sum(sums, "calls"),
    failures: sum(
      sums.filter(({ outcome }) => outcome === "failed"),
      "calls",
    ),
    firstToken: percentilesOf(firstToken),
    total: percentilesOf(total),
    tokensPerSecond: writingMs > 0 ? (sum(sums, "writtenTokens") * 1000) / writingMs : null,
    inputTokens: sum(sums, "inputTokens"),
    outputTokens: sum(sums, "outputTokens"),
    costUsd: sum(sums, "costUsd"),
    cacheHits: sum(sums, "cacheHits"),
    queuedMs: sum(sums, "queuedMs"),
  };
}

type Counted = { [Name in keyof CallSums as CallSums[Name] extends number ? Name : never]: number };

const sum = (rows: CallSums[], name: keyof Counted) => rows.reduce((all, row) => all + row[name], 0);
