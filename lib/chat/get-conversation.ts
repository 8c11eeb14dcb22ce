import { db } from "@/db/database";
import { getConversation as find } from "@/db/queries/conversations";
import { toConversation } from "./present";
import type { Conversation } from "./shapes";

/** One conversation. @throws NotFoundError also for another owner's */
export async function getConversation(by: { ownerId: string; conversationId: string }): Promise<Conversation> {
  return toConversation(await find(db(), { id: by.conversationId, ownerId: by.ownerId }));
}
