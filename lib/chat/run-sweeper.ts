import { database, db } from "@/db/database";
import { eraseDeleted } from "@/db/queries/conversations";
import { beatHearts } from "@/db/queries/runs";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { collapseRunLogs } from "./collapse-run-logs";
import { flushEveryMs, flushRunLogs } from "./flush-run-logs";
import { instanceId } from "./instance";
import { abortLiveRun } from "./live-runs";
import { recoverRuns } from "./recover-runs";
import { onSignal, startSignals } from "./signals";

const beatEveryMs = 2_000;
/** An instance silent for this long is taken for dead: five missed beats. */
const silentS = 10;
const collapseAfterS = 60;
/** How long a deleted conversation can be restored, in seconds. */
export const undoDeleteS = 600;

const health = () => processGlobal("sweeper-health", () => ({ lastBeatAt: 0 }));

/** Whether the background work of the chat is going on: a beat went through lately. */
export function sweeperIsHealthy(): boolean {
  return Date.now() - health().lastBeatAt < beatEveryMs * 5;
}

/**
 * Starts the background work of the chat: flushing run logs, heartbeats, recovery of runs whose instance died,
 * collapsing of old logs and erasing of deleted conversations. Runs that a former process left behind are ended first.
 * @returns the function that stops it, after a last flush
 */
export async function startSweeper(): Promise<() => Promise<void>> {
  const recovered = await recoverRuns(database().kind === "embedded" ? 0 : silentS);
  if (recovered > 0) log().info({ recovered }, "replies that were cut off can be continued");
  const stopSignals = await startSignals();
  const unsubscribe = onSignal((signal) => signal.kind === "stop" && abortLiveRun(signal.runId, "stopped"));
  await beat();
  const stopTimers = [repeat(flushEveryMs, flushRunLogs), repeat(beatEveryMs, beat), repeat(collapseAfterS * 1_000, tidy)];
  return async () => {
    await Promise.all(stopTimers.map((stop) => stop()));
    await flushRunLogs();
    unsubscribe();
    await stopSignals();
  };
}

async function beat(): Promise<void> {
  for (const runId of await beatHearts(db(), instanceId())) abortLiveRun(runId, "stopped");
  if (database().kind === "server") await recoverRuns(silentS);
  health().lastBeatAt = Date.now();
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
