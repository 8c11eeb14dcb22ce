import { db } from "@/db/database";
import { getConversation, deleteConversation as hide, restoreConversation as show } from "@/db/queries/conversations";
import { announceConversation } from "./announce-conversation";
import { publishChatEvent } from "./chat-events";
import { toConversation } from "./present";
import type { Conversation } from "./shapes";
import { stopConversation } from "./stop-run";

type By = { ownerId: string; conversationId: string };

/** Deletes a conversation, stopping what runs in it. It can be restored for ten minutes, then the sweep erases it. @throws NotFoundError */
export async function deleteConversation({ ownerId, conversationId }: By): Promise<void> {
  await stopConversation({ conversationId, ownerId });
  await hide(db(), { id: conversationId, ownerId });
  await publishChatEvent(ownerId, { type: "conversation-deleted", conversationId });
}

/** Undoes a deletion. @throws NotFoundError once the conversation is erased */
export async function restoreConversation({ ownerId, conversationId: id }: By): Promise<Conversation> {
  await show(db(), { id, ownerId });
  announceConversation({ id, ownerId });
  return toConversation(await getConversation(db(), { id, ownerId }));
}
