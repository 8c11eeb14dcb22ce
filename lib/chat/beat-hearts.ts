import { db } from "@/db/database";
import { beatHearts as beat } from "@/db/queries/runs";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { instanceId } from "./instance";
import { abortLiveRun, liveRuns } from "./live-runs";
import { recoverRuns, startStalledRuns } from "./recover-runs";

export const beatEveryMs = 2_000;
/** An instance silent for this long is taken for dead: five missed beats. */
export const silentS = 10;

/** When a beat went through last, and since when they have without a long pause; Unix time in milliseconds. */
const pulse = () => processGlobal("pulse", () => ({ lastAt: 0, steadySince: 0 }));

/** Whether the background work of the chat is going on: a beat went through lately. */
export function sweeperIsHealthy(): boolean {
  return Date.now() - pulse().lastAt < silentS * 1_000;
}

/**
 * Says that this instance's runs are alive, stops those that should stop, and ends those of instances that are silent.
 * After an outage of the database every instance has been silent, so others are judged only once this one's own beats
 * have gone through for as long as they may be silent.
 * @param mayBeSilentS how long an instance may be silent, in seconds
 */
export async function beatHearts(mayBeSilentS = silentS): Promise<void> {
  const writing = liveRuns().filter((run) => run.stored && !run.log.hasEnded);
  const unfinished = writing.filter((run) => !run.log.isSealed);
  const running = await beat(db(), { ids: writing.map(({ id }) => id), instanceId: instanceId() });
  for (const { id } of running.filter((run) => run.stopRequestedAt)) abortLiveRun(id, "stopped");
  abortLost(unfinished.filter(({ id }) => !running.some((run) => run.id === id)));
  await startStalledRuns();
  if (isSteady(mayBeSilentS * 1_000)) await recoverRuns(mayBeSilentS);
}

/** Runs that another instance ended, taking this one for dead, or whose chat was erased: what is still written would be for nobody. */
function abortLost(lost: { id: string }[]): void {
  for (const { id } of lost) {
    log().warn({ runId: id }, "a run was ended from outside while this instance was writing it; it is given up");
    abortLiveRun(id, "interrupted");
  }
}

/** Takes down that a beat went through. @returns whether they have for `forMs`, with no pause of half of it */
function isSteady(forMs: number): boolean {
  const state = pulse();
  const now = Date.now();
  if (now - state.lastAt > forMs / 2) state.steadySince = now;
  state.lastAt = now;
  return now - state.steadySince >= forMs;
}
