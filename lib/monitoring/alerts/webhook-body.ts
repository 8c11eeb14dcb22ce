import type { AlertRow } from "@/db/queries/alerts";
import { env } from "@/lib/core/env";
import { type AlertMetric, alertMetrics } from "./contract";

type Given = { deliveryId: string; event: "firing" | "resolved" | "test"; alert: AlertRow | null };

/** What a webhook is sent, as JSON. Times are ISO 8601; `url` is there when HEARTH_URL is set. */
export function webhookBody({ deliveryId, event, alert }: Given): string {
  const url = env().HEARTH_URL && new URL("/monitoring/alerts", env().HEARTH_URL).href;
  return JSON.stringify({ id: deliveryId, event, url, alert: alert && toldOf(alert) });
}

function toldOf({ id, ruleName, metric, comparison, threshold, label, value, startedAt, firedAt, resolvedAt }: AlertRow) {
  const { unit } = alertMetrics[metric as AlertMetric];
  return { id, rule: ruleName, metric, unit, comparison, threshold, subject: label || null, value, startedAt, firedAt, resolvedAt };
}
