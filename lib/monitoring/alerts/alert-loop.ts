import { db } from "@/db/database";
import { deleteOldAlerts, insertShippedRules } from "@/db/queries/alerts";
import { giveUpLease } from "@/db/queries/leases";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { deliverAlerts } from "./deliver-alerts";
import { evaluateAlerts } from "./evaluate-alerts";
import type { AlertProbes } from "./measure";
import { shippedRules } from "./shipped-rules";

const keptMs = 365 * 86_400_000;

type Loop = { timer?: NodeJS.Timeout; turn: Promise<void>; isBusy: boolean; holder: string; hasRules: boolean };
const loop = () => processGlobal<Loop>("alert-loop", () => ({ turn: Promise.resolve(), isBusy: false, holder: newId(), hasRules: false }));

/** Looks at the alert rules, now and every HEARTH_ALERT_EVERY_MS until `stopAlertLoop`, in one of the processes on a database, and sends what is to be told. */
export function startAlertLoop(probes: AlertProbes): void {
  const state = loop();
  if (state.timer) return;
  const turn = () => {
    if (!state.isBusy) state.turn = takeTurn(probes);
  };
  state.timer = setInterval(turn, env().HEARTH_ALERT_EVERY_MS).unref();
  turn();
}

/** Ends it, waits for the turn that is under way, and lets another process go on at once. */
export async function stopAlertLoop(): Promise<void> {
  const { timer, holder } = loop();
  clearInterval(timer);
  loop().timer = undefined;
  await loop().turn;
  if (timer)
    await giveUpLease(db(), { name: "alerts", holder }).catch((error) =>
      log().warn({ err: error }, "the alerts' lease runs out by itself"),
    );
}

async function takeTurn(probes: AlertProbes): Promise<void> {
  const state = loop();
  state.isBusy = true;
  const now = new Date();
  try {
    if (!state.hasRules) await addShippedRules();
    state.hasRules = true;
    if (!(await evaluateAlerts({ probes, holder: state.holder, now }))) return;
    await deliverAlerts(now);
    await deleteOldAlerts(db(), new Date(now.getTime() - keptMs));
  } catch (error) {
    log().error({ err: error }, "alerts could not be evaluated; the next turn does it");
  } finally {
    state.isBusy = false;
  }
}

/** Adds the rules that ship with Hearth, where they are not there yet. */
export async function addShippedRules(): Promise<void> {
  const rules = Object.entries(shippedRules).map(([shipped, rule]) => ({ ...rule, id: newId(), shipped }));
  await insertShippedRules(db(), rules);
}
