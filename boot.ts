import { openDatabase } from "@/db/open";
import { startSweeper } from "@/lib/chat/run-sweeper";
import { shutDownRuns } from "@/lib/chat/shut-down-runs";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { startGateway } from "@/lib/gateway/start-gateway";
import { stopGateway } from "@/lib/gateway/stop-gateway";

/**
 * Brings the process up: database and migrations, runs that were cut off, model hosts.
 * Leaves under the process global `shutdown` the function that takes it down again; `server.ts` calls it.
 * @throws Error of one line when the database cannot be used
 */
export async function boot(): Promise<void> {
  const database = await openDatabase();
  const stopSweeper = await startSweeper();
  await startGateway();
  processGlobal("shutdown", () => async () => {
    await shutDownRuns();
    await stopSweeper();
    await stopGateway();
    await database.close();
    log().flush();
  });
}
