import { type Db, db } from "@/db/database";
import { enqueueDeliveries } from "@/db/queries/alert-deliveries";
import {
  type AlertRow,
  type AlertRuleRow,
  type AlertSilenceRow,
  deletePendingAlert,
  insertAlert,
  listActiveAlerts,
  listAlertRules,
  listSilences,
  updateAlert,
} from "@/db/queries/alerts";
import { takeLease } from "@/db/queries/leases";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { tellChange } from "../live/tell-change";
import { judge } from "./judge";
import { type AlertProbes, measure, type Sample } from "./measure";

/** A process that dies is replaced after this long. */
const leaseS = 60;

type Turn = { probes: AlertProbes; holder: string; now: Date };

/**
 * Looks at every rule once: begins, fires and ends alerts, and hands to the channels what is to be told.
 * Of several processes on one database the one that holds the lease does it.
 * @returns false while another process does
 */
export async function evaluateAlerts({ probes, holder, now }: Turn): Promise<boolean> {
  if (!(await takeLease(db(), { name: "alerts", holder, forS: leaseS }))) return false;
  const [rules, silences] = await Promise.all([listAlertRules(db()), listSilences(db(), now)]);
  for (const rule of rules.filter(({ enabled }) => enabled)) {
    try {
      const samples = await measure(rule, probes, now);
      const hasChanged = await db().transaction((tx) => apply(tx, { rule, samples, now, isSilent: isSilent(rule, silences) }));
      if (hasChanged) tellChange({ of: "alerts", changed: null });
    } catch (error) {
      // One rule that cannot be looked at must not blind the others.
      log().error({ err: error, rule: rule.name }, "an alert rule could not be evaluated; the next turn does it");
    }
  }
  return true;
}

const isSilent = (rule: AlertRuleRow, silences: AlertSilenceRow[]) => silences.some(({ ruleId }) => ruleId === null || ruleId === rule.id);

type Judged = { rule: AlertRuleRow; samples: Sample[]; now: Date; isSilent: boolean };

/** @returns whether there is anything new to see */
async function apply(tx: Db, { rule, samples, now, isSilent }: Judged): Promise<boolean> {
  const active = (await listActiveAlerts(tx)).filter(({ ruleId }) => ruleId === rule.id);
  const gone = active.filter(({ subject }) => !samples.some((sample) => sample.subject === subject));
  const all = [...samples, ...gone.map(({ subject, label }) => ({ subject, label, value: null }))];
  let hasChanged = false;
  for (const sample of all) {
    const alert = active.find(({ subject }) => subject === sample.subject);
    if (await change(tx, { rule, sample, alert, now, isSilent })) hasChanged = true;
  }
  return hasChanged;
}

type Change = Omit<Judged, "samples"> & { sample: Sample; alert: AlertRow | undefined };

async function change(tx: Db, { rule, sample, alert, now, isSilent }: Change): Promise<boolean> {
  const { value } = sample;
  switch (judge(rule, alert, { value, now })) {
    case "pend":
      return insertAlert(tx, newAlert(rule, sample, { state: "pending", now }));
    case "drop":
      if (alert) await deletePendingAlert(tx, alert.id);
      return true;
    case "resolve":
      if (!alert || !(await updateAlert(tx, alert.id, { state: "resolved", resolvedAt: now, value }))) return false;
      if (alert.notifiedAt && !isSilent) await enqueueDeliveries(tx, { alertId: alert.id, event: "resolved", now });
      return true;
    case "fire": {
      const fired = alert ?? newAlert(rule, sample, { state: "firing", now });
      const isNew = alert ? await updateAlert(tx, alert.id, { state: "firing", firedAt: now, value }) : await insertAlert(tx, fired);
      if (!isNew) return false;
      log().warn({ rule: rule.name, subject: sample.label || undefined, value, threshold: rule.threshold }, "an alert fires");
      if (!isSilent) await notify(tx, fired.id, now);
      return true;
    }
    case "nothing": {
      const hasMoved = alert !== undefined && value !== null && value !== alert.value;
      if (hasMoved) await updateAlert(tx, alert.id, { value });
      // Its silence has ended, and it still fires.
      if (alert?.state === "firing" && !alert.notifiedAt && !isSilent) await notify(tx, alert.id, now);
      return hasMoved;
    }
  }
}

async function notify(tx: Db, alertId: string, now: Date): Promise<void> {
  await updateAlert(tx, alertId, { notifiedAt: now });
  await enqueueDeliveries(tx, { alertId, event: "firing", now });
}

function newAlert(
  rule: AlertRuleRow,
  { subject, label, value }: Sample,
  { state, now }: { state: "pending" | "firing"; now: Date },
): AlertRow {
  const { id: ruleId, name: ruleName, metric, comparison, threshold } = rule;
  const firedAt = state === "firing" ? now : null;
  const open = { notifiedAt: null, resolvedAt: null, acknowledgedAt: null, acknowledgedBy: null };
  return { id: newId(), ruleId, ruleName, metric, comparison, threshold, subject, label, state, value, startedAt: now, firedAt, ...open };
}
