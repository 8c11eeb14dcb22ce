import { processGlobal } from "@/lib/core/process-global";
import type { RunLog } from "./run-log";

/** Why a run's AbortController was aborted. */
export type StopReason = "stopped" | "interrupted";

/** A run that this process writes, or wrote less than a minute ago. */
export type LiveRun = {
  id: string;
  ownerId: string;
  conversationId: string;
  log: RunLog;
  controller: AbortController;
  /** False for temporary chats, which are in memory only. */
  stored: boolean;
  /** Settles when the run has ended and its end is stored. */
  done: Promise<void>;
};

const registry = () => processGlobal("live-runs", () => new Map<string, LiveRun>());

/** How long an ended run can still be replayed from memory. */
const keepEndedMs = 60_000;

/** Puts a run on the list; a minute after it ends it is taken off. */
export function keepLiveRun(run: LiveRun): void {
  registry().set(run.id, run);
  void run.done.then(() => setTimeout(() => registry().delete(run.id), keepEndedMs).unref());
}

/** The run when this process has it and `ownerId` owns it, else null. */
export function findLiveRun(by: { id: string; ownerId: string }): LiveRun | null {
  const run = registry().get(by.id);
  return run?.ownerId === by.ownerId ? run : null;
}

/** Every run on the list, ended ones too. */
export function liveRuns(): LiveRun[] {
  return [...registry().values()];
}

/** Aborts a run wherever it is in its work. Nothing happens when this process does not write it. */
export function abortLiveRun(id: string, reason: StopReason): void {
  registry().get(id)?.controller.abort(reason);
}
