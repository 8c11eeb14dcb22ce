import { processGlobal } from "@/lib/core/process-global";
import { acting } from "@/lib/http/acting";
import { RunLog } from "./run-log";

/** Why a run's AbortController was aborted. */
export type StopReason = "stopped" | "interrupted";

/** A run that this process writes, or wrote less than a minute ago. */
export type LiveRun = {
  id: string;
  ownerId: string;
  conversationId: string;
  log: RunLog;
  controller: AbortController;
  /** The request that it was begun in; undefined for one that waited for another run. */
  requestId?: string;
  /** Whether it has a row: not while that is being written, and never for temporary chats, which are in memory only. */
  stored: boolean;
  /** Settles when the run has ended and its end is stored. */
  done: Promise<void>;
};

const registry = () => processGlobal("live-runs", () => new Map<string, LiveRun>());

/** How long an ended run can still be replayed from memory. */
const keepEndedMs = 60_000;

/**
 * Puts a run that begins on the list; a minute after it ends it is taken off.
 * @returns the run, and the function that says its end is stored
 */
export function openLiveRun(of: Pick<LiveRun, "id" | "ownerId" | "conversationId" | "stored">): { live: LiveRun; settle: () => void } {
  const { promise: done, resolve: settle } = Promise.withResolvers<void>();
  const { id, ownerId, conversationId, stored } = of;
  const requestId = acting()?.requestId;
  const live = { id, ownerId, conversationId, stored, requestId, log: new RunLog(), controller: new AbortController(), done };
  registry().set(id, live);
  void done.then(() => setTimeout(() => registry().delete(id), keepEndedMs).unref());
  return { live, settle };
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
