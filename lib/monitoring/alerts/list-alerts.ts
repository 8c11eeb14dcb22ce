import { db } from "@/db/database";
import { listAlertChannels, listLastDeliveries } from "@/db/queries/alert-deliveries";
import { type AlertRow, listActiveAlerts, listAlertRules, listResolvedAlerts, listSilences } from "@/db/queries/alerts";
import { decodeCursor, toPage } from "@/lib/http/page";
import type { Alert, AlertChannel, AlertMetric, AlertRule, AlertSilence } from "./contract";
import { canMail } from "./mail-alert";

const pageSize = 50;

/** What fires or is about to, and how much of it nobody has acknowledged. For admins. */
export async function listActive(): Promise<{ items: Alert[]; unseen: number }> {
  const rows = await listActiveAlerts(db());
  return { items: rows.map(toAlert), unseen: rows.filter(({ state, acknowledgedAt }) => state === "firing" && !acknowledgedAt).length };
}

/** All that the page shows. For admins. @throws InvalidRequestError for a cursor that was not given out here */
export async function alertsPage({ cursor }: { cursor?: string }) {
  const [active, past, rules, silences, channels, deliveries] = await Promise.all([
    listActive(),
    listResolvedAlerts(db(), { after: cursor ? decodeCursor(cursor) : null, limit: pageSize + 1 }),
    listAlertRules(db()),
    listSilences(db(), new Date()),
    listAlertChannels(db()),
    listLastDeliveries(db()),
  ]);
  const history = toPage(past, pageSize, ({ startedAt }) => startedAt);
  return {
    active: active.items,
    history: { ...history, items: history.items.map(toAlert) },
    rules: rules.map(
      ({ shipped, createdAt: _, ...rule }): AlertRule => ({ ...rule, metric: rule.metric as AlertMetric, isShipped: shipped !== null }),
    ),
    silences: silences.map(({ id, ruleId, until, reason, createdBy }): AlertSilence => {
      const ruleName = rules.find((rule) => rule.id === ruleId)?.name ?? null;
      return { id, ruleName, until: until.toISOString(), reason, createdBy };
    }),
    canMail: canMail(),
    channels: channels.map(({ id, name, kind, address }): AlertChannel => {
      const last = deliveries.find(({ channelId }) => channelId === id);
      return { id, name, kind, address, last: last ? { state: last.state, error: last.error } : null };
    }),
  };
}

function toAlert({ startedAt, firedAt, resolvedAt, subject: _, notifiedAt: __, acknowledgedAt: ___, ...alert }: AlertRow): Alert {
  const text = (moment: Date | null) => moment?.toISOString() ?? null;
  return { ...alert, startedAt: startedAt.toISOString(), firedAt: text(firedAt), resolvedAt: text(resolvedAt) };
}
