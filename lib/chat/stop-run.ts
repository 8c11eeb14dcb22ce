import { type Db, db } from "@/db/database";
import { getConversation } from "@/db/queries/conversations";
import { saveEnding } from "@/db/queries/messages";
import { cancelQueuedRuns, getRun, listLiveRuns, requestStop } from "@/db/queries/runs";
import { findLiveRun } from "./live-runs";
import { sendSignal } from "./signals";

/**
 * Stops a run on whichever instance writes it; what was written is kept. Harmless when the run has ended.
 * @throws NotFoundError for a run that is not the owner's
 */
export async function stopRun(by: { runId: string; ownerId: string }): Promise<void> {
  const { runId: id, ownerId } = by;
  const live = findLiveRun({ id, ownerId });
  if (live) return live.controller.abort("stopped");
  const run = await getRun(db(), { id, ownerId });
  if (run.status === "queued" && (await db().transaction((tx) => stopWaitingRuns(tx, run))) > 0) return;
  await requestStop(db(), { id, ownerId });
  await sendSignal({ kind: "stop", runId: id });
}

/** Takes runs that have not begun out of a conversation's queue: the one of `id`, else all. Part of a transaction. @returns how many */
export async function stopWaitingRuns(tx: Db, by: { conversationId: string; ownerId: string; id?: string }): Promise<number> {
  const stopped = await cancelQueuedRuns(tx, by);
  for (const { messageId: id } of stopped) await saveEnding(tx, { ...by, id }, { status: "stopped" });
  return stopped.length;
}

/** Stops the reply that is being written in a conversation, if any. @throws NotFoundError */
export async function stopConversation(by: { conversationId: string; ownerId: string }): Promise<void> {
  await getConversation(db(), { id: by.conversationId, ownerId: by.ownerId });
  const [run] = await listLiveRuns(db(), by);
  if (run) await stopRun({ runId: run.id, ownerId: by.ownerId });
}
