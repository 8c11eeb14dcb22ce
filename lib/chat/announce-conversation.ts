import { db } from "@/db/database";
import { getConversation } from "@/db/queries/conversations";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import { toConversation } from "./present";

/** Tells the owner's open pages how a conversation stands now. Never fails: they see it at their next load anyway. */
export async function announceConversation(by: { id: string; ownerId: string }): Promise<void> {
  try {
    await publishChatEvent(by.ownerId, { type: "conversation", conversation: toConversation(await getConversation(db(), by)) });
  } catch (error) {
    log().debug({ err: error, conversationId: by.id }, "a change to a conversation was not announced");
  }
}
