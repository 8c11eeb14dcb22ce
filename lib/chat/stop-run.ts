import { db } from "@/db/database";
import { getConversation } from "@/db/queries/conversations";
import { saveEnding } from "@/db/queries/messages";
import { cancelQueuedRun, getRun, listLiveRuns, requestStop } from "@/db/queries/runs";
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
  if (run.status === "queued" && (await cancel(run))) return;
  await requestStop(db(), { id, ownerId });
  await sendSignal({ kind: "stop", runId: id });
}

/** Takes a waiting run out of the queue. @returns false when it has begun meanwhile */
function cancel(run: Awaited<ReturnType<typeof getRun>>): Promise<boolean> {
  const { id, ownerId, conversationId, messageId } = run;
  return db().transaction(async (tx) => {
    if (!(await cancelQueuedRun(tx, { id, ownerId }))) return false;
    await saveEnding(tx, { id: messageId, conversationId, ownerId }, { status: "stopped" });
    return true;
  });
}

/** Stops the reply that is being written in a conversation, if any. @throws NotFoundError */
export async function stopConversation(by: { conversationId: string; ownerId: string }): Promise<void> {
  await getConversation(db(), { id: by.conversationId, ownerId: by.ownerId });
  const [run] = await listLiveRuns(db(), by);
  if (run) await stopRun({ runId: run.id, ownerId: by.ownerId });
}
