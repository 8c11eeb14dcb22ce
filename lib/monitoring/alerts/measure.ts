import { db } from "@/db/database";
import { type AlertFigures, listAlertFigures } from "@/db/queries/alert-figures";
import type { AlertRuleRow } from "@/db/queries/alerts";
import { findMemoryGrowth } from "@/db/queries/process-samples";
import type { AlertMetric } from "./contract";

/** A model host as the process that evaluates sees it. */
export type HostProbe = { id: string; name: string; isDown: boolean; openBreakers: number };

/** What is asked of the parts of Hearth that this one does not know. */
export type AlertProbes = { hosts(): Promise<HostProbe[]> };

/** A value about one of a rule's group, or about all together when it has none; null where there is no data. */
export type Sample = { subject: string; label: string; value: number | null };

const callValues: Partial<Record<AlertMetric, (figures: AlertFigures) => number | null>> = {
  errorRate: ({ calls, failures }) => (calls > 0 ? (failures / calls) * 100 : null),
  firstTokenP95: ({ firstTokenP95 }) => firstTokenP95,
  queueWaitP95: ({ queueWaitP95 }) => queueWaitP95,
  requests: ({ calls }) => calls,
  tokens: ({ tokens }) => tokens,
  costUsd: ({ costUsd }) => costUsd,
};

/** Measures what a rule watches, up to `now`. */
export async function measure(rule: AlertRuleRow, probes: AlertProbes, now: Date): Promise<Sample[]> {
  const { groupBy, windowS, leastCalls } = rule;
  const metric = rule.metric as AlertMetric;
  const valueFrom = callValues[metric];
  if (valueFrom) {
    const rows = await listAlertFigures(db(), { groupBy, since: new Date(now.getTime() - windowS * 1_000) });
    return rows.map((row) => ({ subject: row.subject, label: row.label, value: row.calls < leastCalls ? null : valueFrom(row) }));
  }
  if (metric === "memoryGrowthMb") {
    const bytes = await findMemoryGrowth(db(), { since: new Date(now.getTime() - windowS * 1_000), now });
    return [{ subject: "", label: "", value: bytes === null ? null : bytes / 1e6 }];
  }
  const hosts = await probes.hosts();
  const badness = ({ isDown, openBreakers }: HostProbe) => (metric === "hostDown" ? Number(isDown) : openBreakers);
  if (groupBy === "host") return hosts.map((host) => ({ subject: host.id, label: host.name, value: badness(host) }));
  return [{ subject: "", label: "", value: hosts.reduce((sum, host) => sum + badness(host), 0) }];
}
