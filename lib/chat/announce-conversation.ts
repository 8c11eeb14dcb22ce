import { db } from "@/db/database";
import { getConversation } from "@/db/queries/conversations";
import { log } from "@/lib/core/log";
import { publishChatEvent } from "./chat-events";
import { toConversation } from "./present";

/** Lists can wait; what the caller does next, as a reply's first token, goes before. */
const delayMs = 100;

/** Soon tells the owner's open pages how a conversation stands. Never fails: they see it at their next load anyway. */
export function announceConversation(by: { id: string; ownerId: string }): void {
  setTimeout(async () => {
    try {
      await publishChatEvent(by.ownerId, { type: "conversation", conversation: toConversation(await getConversation(db(), by)) });
    } catch (error) {
      log().debug({ err: error, conversationId: by.id }, "a change to a conversation was not announced");
    }
  }, delayMs).unref();
}
