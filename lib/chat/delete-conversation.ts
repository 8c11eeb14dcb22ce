import { db } from "@/db/database";
import { getConversation, deleteConversation as hide, restoreConversation as show } from "@/db/queries/conversations";
import { listLiveRuns } from "@/db/queries/runs";
import { announceConversation } from "./announce-conversation";
import { publishChatEvent } from "./chat-events";
import { toConversation } from "./present";
import type { Conversation } from "./shapes";
import { stopRun, stopWaitingRuns } from "./stop-run";

type By = { ownerId: string; conversationId: string };

/** Deletes a conversation, stopping what runs or waits in it. It can be restored for ten minutes, then the sweep erases it. @throws NotFoundError */
export async function deleteConversation({ ownerId, conversationId }: By): Promise<void> {
  const begun = await db().transaction(async (tx) => {
    // Hidden first: from here on no run is stored in it, and none takes its turn.
    await hide(tx, { id: conversationId, ownerId });
    await stopWaitingRuns(tx, { conversationId, ownerId });
    return listLiveRuns(tx, { conversationId, ownerId });
  });
  for (const run of begun) await stopRun({ runId: run.id, ownerId });
  await publishChatEvent(ownerId, { type: "conversation-deleted", conversationId });
}

/** Undoes a deletion. @throws NotFoundError once the conversation is erased */
export async function restoreConversation({ ownerId, conversationId: id }: By): Promise<Conversation> {
  await show(db(), { id, ownerId });
  announceConversation({ id, ownerId });
  return toConversation(await getConversation(db(), { id, ownerId }));
}
