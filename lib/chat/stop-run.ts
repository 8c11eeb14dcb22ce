import { type Db, db } from "@/db/database";
import { getConversation, lockConversation } from "@/db/queries/conversations";
import { getMessage, saveEnding } from "@/db/queries/messages";
import { cancelQueuedRuns, getRun, listLiveRuns, requestStop } from "@/db/queries/runs";
import { closeWaiting } from "./approvals/close-waiting";
import { publishChatEvent } from "./chat-events";
import { findLiveRun } from "./live-runs";
import { settleTools } from "./message-parts";
import { sendSignal } from "./signals";

/**
 * Stops a run on whichever instance writes it; what was written is kept. Harmless when the run has ended.
 * @throws NotFoundError for a run that is not the owner's
 */
export async function stopRun(by: { runId: string; ownerId: string }): Promise<void> {
  const { runId: id, ownerId } = by;
  const live = findLiveRun({ id, ownerId });
  // One that ended may wait for an approval, unless it was a temporary one.
  if (live && !(live.stored && live.log.hasEnded)) return live.controller.abort("stopped");
  const run = await getRun(db(), { id, ownerId });
  if (run.status === "queued" && (await db().transaction((tx) => stopWaitingRuns(tx, run))) > 0) return;
  if (run.status === "awaiting-approval") return stopWaiting(run);
  await requestStop(db(), { id, ownerId });
  await sendSignal({ kind: "stop", runId: id });
}

/** Takes runs that have not begun out of a conversation's queue: the one of `id`, else all. Part of a transaction. @returns how many */
export async function stopWaitingRuns(tx: Db, by: { conversationId: string; ownerId: string; id?: string }): Promise<number> {
  const stopped = await cancelQueuedRuns(tx, by);
  for (const { messageId: id, continues } of stopped) {
    // What was approved for a run that never began is not carried out by a later one.
    const parts = continues ? { parts: settleTools((await getMessage(tx, { ...by, id })).parts) } : {};
    await saveEnding(tx, { ...by, id }, { ...parts, status: "stopped" });
  }
  return stopped.length;
}

/** Rejects the calls for whose approval a run waits. */
async function stopWaiting({ id: runId, conversationId, ownerId }: { id: string; conversationId: string; ownerId: string }): Promise<void> {
  const closed = await db().transaction(async (tx) => {
    await lockConversation(tx, { id: conversationId, ownerId });
    return closeWaiting(tx, { conversationId, ownerId }, "stop");
  });
  if (closed) await publishChatEvent(ownerId, { type: "run-ended", conversationId, runId, status: "stopped" });
}

/** Stops the reply that is being written in a conversation, or that waits for an approval, if any. @throws NotFoundError */
export async function stopConversation(by: { conversationId: string; ownerId: string }): Promise<void> {
  const { waitingRunId } = await getConversation(db(), { id: by.conversationId, ownerId: by.ownerId });
  const [run] = await listLiveRuns(db(), by);
  const runId = run?.id ?? waitingRunId;
  if (runId) await stopRun({ runId, ownerId: by.ownerId });
}
