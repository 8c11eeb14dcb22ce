import { directRoutes } from "@/app/api/direct-routes";
import { openDatabase } from "@/db/open";
import { instanceId } from "@/lib/chat/instance";
import { registerRunGauges, writtenRuns } from "@/lib/chat/run-gauges";
import { startSweeper } from "@/lib/chat/run-sweeper";
import { shutDownRuns } from "@/lib/chat/shut-down-runs";
import { env } from "@/lib/core/env";
import { guardConsole } from "@/lib/core/guard-console";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { stopOnSignal } from "@/lib/core/stop-on-signal";
import { finishCalls } from "@/lib/gateway/openai/open-calls";
import { waitingCalls } from "@/lib/gateway/queue/queue-states";
import { startGateway } from "@/lib/gateway/start-gateway";
import { stopGateway } from "@/lib/gateway/stop-gateway";
import { directServer } from "@/lib/http/serve-direct";
import { startAlertLoop, stopAlertLoop } from "@/lib/monitoring/alerts/alert-loop";
import { startAuditTrimLoop, stopAuditTrimLoop } from "@/lib/monitoring/audit/trim-loop";
import { hearChanges } from "@/lib/monitoring/live/tell-change";
import { startLogLoop, stopLogLoop } from "@/lib/monitoring/logs/log-loop";
import { startMetricsExport, stopMetricsExport } from "@/lib/monitoring/otlp-metrics/export-loop";
import { startRollUpLoop, stopRollUpLoop } from "@/lib/monitoring/rollups/roll-up-loop";
import { startSampleLoop, stopSampleLoop } from "@/lib/monitoring/samples/sample-loop";
import { startSpanLoop, stopSpanLoop } from "@/lib/monitoring/spans/span-loop";
import { shutDownShells } from "@/lib/terminal/shut-down-shells";
import { alertProbes } from "./alert-probes";
import { printBanner } from "./banner";

/**
 * Brings the process up: database and migrations, runs that were cut off, model hosts.
 * Leaves three functions on the process for `server.ts`: `shutdown` takes it down again, `direct` serves the hot routes,
 * `upgrade` takes the terminal's WebSockets where there are terminals.
 * When it cannot, for one because the database cannot be used, it says so in one line and ends the process with 1.
 */
export async function boot(): Promise<void> {
  guardConsole();
  await bringUp().catch((error) => {
    // Next would print a stack and go on without a database.
    process.stderr.write(`Hearth did not start. ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  });
}

async function bringUp(): Promise<void> {
  const database = await openDatabase();
  startLogLoop({ instanceId: instanceId() });
  const stopSweeper = await startSweeper();
  await startGateway();
  const stopHearing = await hearChanges();
  startRollUpLoop();
  registerRunGauges();
  startMetricsExport({ instanceId: instanceId() });
  startSampleLoop({ instanceId: instanceId(), liveRuns: writtenRuns, waitingCalls });
  await startSpanLoop();
  startAuditTrimLoop();
  startAlertLoop(alertProbes);
  processGlobal("direct", () => directServer(directRoutes));
  if (env().HEARTH_TERMINAL !== "off") {
    const { terminalUpgrades } = await import("@/lib/terminal/terminal-upgrades");
    processGlobal("upgrade", terminalUpgrades);
  }
  const shutDown = processGlobal("shutdown", () => async () => {
    await Promise.all([shutDownRuns(), finishCalls(), shutDownShells()]);
    await stopSweeper();
    await stopGateway();
    await stopRollUpLoop();
    await Promise.all([stopSampleLoop(), stopMetricsExport(), stopAuditTrimLoop(), stopAlertLoop()]);
    await stopSpanLoop();
    await stopLogLoop();
    await stopHearing();
    await database.close();
    log().flush();
  });
  // Under plain `next start` nobody calls it, and Next's own handler cuts off replies that nobody follows, or waits for ever for event streams.
  if (!processGlobal<unknown>("listening", () => null)) stopOnSignal(shutDown);
  // Not awaited: a model host that answers late must not hold up the first page.
  printBanner(database).catch((error) => log().warn({ err: error }, "the models could not be listed"));
}
