import { type Alert, type AlertMetric, type AlertRule, alertMetrics } from "@/lib/monitoring/alerts/contract";
import { unitText } from "../unit-text";

const groupNames = { model: "model", host: "host", user: "person", key: "key", purpose: "purpose" } as const;

/** A measured value with its unit, for people. */
export function valueText(metric: string, value: number | null): string {
  const { unit } = alertMetrics[metric as AlertMetric] ?? { unit: "count" };
  if (value === null) return "No data";
  if (unit === "percent") return unitText(value / 100, "share");
  return unit === "mb" ? `${unitText(value, "count")} MB` : unitText(value, unit);
}

/** What an alert stands for, as in "Error rate 40 %, above 20 %". */
export function alertText({ metric, value, comparison, threshold }: Pick<Alert, "metric" | "value" | "comparison" | "threshold">): string {
  const { name } = alertMetrics[metric as AlertMetric] ?? { name: metric };
  return `${name}: ${valueText(metric, value)}, ${comparison} ${valueText(metric, threshold)}`;
}

/** When a rule raises an alert, in a sentence. */
export function ruleText({ metric, groupBy, comparison, threshold, windowS, forS }: AlertRule): string {
  const of = alertMetrics[metric].of;
  const window = of === "hosts" ? "" : ` over ${spanText(windowS)}`;
  const group = groupBy ? `, by ${groupNames[groupBy]}` : "";
  return `${alertMetrics[metric].name} ${comparison} ${valueText(metric, threshold)}${group}${window}${forS > 0 ? `, for ${spanText(forS)}` : ""}`;
}

/** A stretch of time, as short as it can be said. */
function spanText(seconds: number): string {
  if (seconds < 60 || seconds % 60 !== 0) return `${seconds} s`;
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds / 60} min`;
}
