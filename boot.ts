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
 * When it cannot, for one because the database cannot be used, it says so in one line and ends the process with 1.
 */
export async function boot(): Promise<void> {
  await bringUp().catch((error) => {
    // Next would print a stack and go on without a database.
    process.stderr.write(`Hearth did not start. ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  });
}

async function bringUp(): Promise<void> {
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
