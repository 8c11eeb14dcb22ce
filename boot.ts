import { openDatabase } from "@/db/open";
import { startSweeper } from "@/lib/chat/run-sweeper";
import { shutDownRuns } from "@/lib/chat/shut-down-runs";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { startGateway } from "@/lib/gateway/start-gateway";
import { stopGateway } from "@/lib/gateway/stop-gateway";
import { printBanner } from "./banner";

/**
 * Brings the process up: database and migrations, runs that were cut off, model hosts.
 * Leaves under the process global `shutdown` the function that takes it down again; `server.ts` calls it.
 * @throws Error of one line when the database cannot be used
 */
export async function boot(): Promise<void> {
  const database = await openDatabase();
  const stopSweeper = await startSweeper();
  await startGateway();
  const shutDown = processGlobal("shutdown", () => async () => {
    await shutDownRuns();
    await stopSweeper();
    await stopGateway();
    await database.close();
    log().flush();
  });
  // Plain `next start` has nobody to call it; Next itself ends the process once the open streams are done.
  if (!processGlobal<unknown>("listening", () => null)) process.once("SIGTERM", () => void shutDown());
  // Not awaited: a model host that answers late must not hold up the first page.
  printBanner(database).catch((error) => log().warn({ err: error }, "the models could not be listed"));
}
