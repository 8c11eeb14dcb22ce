import { db } from "@/db/database";
import { listActiveAlerts } from "@/db/queries/alerts";
import { newId } from "@/lib/core/ids";
import type { SignedInCaller } from "@/lib/http/caller";
import type { AlertRuleInput } from "@/lib/monitoring/alerts/contract";
import { deliverAlerts } from "@/lib/monitoring/alerts/deliver-alerts";
import { evaluateAlerts } from "@/lib/monitoring/alerts/evaluate-alerts";
import type { AlertProbes, HostProbe } from "@/lib/monitoring/alerts/measure";
import { saveAlertRule } from "@/lib/monitoring/alerts/save-alert-rule";

export const alertAdmin: SignedInCaller = {
  ...{ userId: newId(), email: "ada@example.org", name: "Ada", role: "admin", via: "cookie", sessionId: newId() },
};
export const startedMs = Date.now();
/** The moment so many seconds after the tests began. */
export const at = (seconds: number) => new Date(startedMs + seconds * 1_000);
export const plainRule = { groupBy: null, comparison: "above", leastCalls: 0, noData: "ok", enabled: true, forS: 0, windowS: 60 } as const;

/** Saves a rule of hosts that do not answer, unless told otherwise. */
export const aRule = (given: Partial<AlertRuleInput>) =>
  saveAlertRule({ ...plainRule, name: "Probe", metric: "hostDown", threshold: 0, ...given });

/** Hosts that do not answer. */
export const down = (...names: string[]): HostProbe[] => names.map((name) => ({ id: name, name, isDown: true, openBreakers: 0 }));

/** Both of two processes on the database take their turn at once, the same moment by their clocks. @returns how many evaluated */
export async function bothTakeTurns(seconds: number, probes: AlertProbes): Promise<number> {
  const now = at(seconds);
  const done = await Promise.all(["first", "second"].map((holder) => evaluateAlerts({ probes, holder, now })));
  await Promise.all([deliverAlerts(now), deliverAlerts(now)]);
  return done.filter(Boolean).length;
}

/** What is pending or fires, as `host pending`. */
export const alertStates = async () => (await listActiveAlerts(db())).map(({ state, label }) => `${label} ${state}`).toSorted();
