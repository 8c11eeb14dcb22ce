import { database, db } from "@/db/database";
import { eraseDeleted } from "@/db/queries/conversations";
import { log } from "@/lib/core/log";
import { beatEveryMs, beatHearts } from "./beat-hearts";
import { collapseRunLogs } from "./collapse-run-logs";
import { flushEveryMs, flushRunLogs } from "./flush-run-logs";
import { abortLiveRun } from "./live-runs";
import { recoverRuns } from "./recover-runs";
import { onSignal, startSignals } from "./signals";
import { dropPendingTitles } from "./title-conversation";

const collapseAfterS = 60;
/** How long a deleted conversation can be restored, in seconds. */
export const undoDeleteS = 600;

/**
 * Starts the background work of the chat: flushing run logs, heartbeats, recovery of runs whose instance died,
 * collapsing of old logs and erasing of deleted conversations. In a database of its own it first ends runs that a former process left.
 * @returns the function that stops it, after a last flush; titles that are being made are given up
 */
export async function startSweeper(): Promise<() => Promise<void>> {
  // A database of our own has no other writer. On a server the others may be alive, so the beats tell, some seconds from now.
  const recovered = database().kind === "embedded" ? await recoverRuns(0) : 0;
  if (recovered > 0) log().info({ recovered }, "replies that were cut off can be continued");
  const stopSignals = await startSignals();
  const unsubscribe = onSignal((signal) => signal.kind === "stop" && abortLiveRun(signal.runId, "stopped"));
  await beatHearts();
  const stopTimers = [repeat(flushEveryMs, flushRunLogs), repeat(beatEveryMs, () => beatHearts()), repeat(collapseAfterS * 1_000, tidy)];
  return async () => {
    dropPendingTitles();
    await Promise.all(stopTimers.map((stop) => stop()));
    await flushRunLogs();
    unsubscribe();
    await stopSignals();
  };
}

async function tidy(): Promise<void> {
  await collapseRunLogs(collapseAfterS);
  await eraseDeleted(db(), undoDeleteS);
}

/** Runs `work` again and again, `everyMs` after the last time ended; a failure is logged and the next turn comes. @returns the function that stops it and waits */
function repeat(everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  let stopped = false;
  const turn = () => {
    running = work()
      .catch((error) => log().error({ err: error }, "background work failed; it is tried again"))
      .then(() => {
        if (!stopped) timer = setTimeout(turn, everyMs).unref();
      });
  };
  timer = setTimeout(turn, everyMs).unref();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return running;
  };
}
