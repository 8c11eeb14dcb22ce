import { db } from "@/db/database";
import { getConversation, updateConversation as saveChanges } from "@/db/queries/conversations";
import { announceConversation } from "./announce-conversation";
import { toConversation } from "./present";
import type { Conversation } from "./shapes";

type Given = {
  ownerId: string;
  conversationId: string;
  title?: string;
  model?: string | null;
  pinned?: boolean;
  archived?: boolean;
  tags?: string[];
};

/** Renames, pins, archives or tags a conversation, or changes its model. A title a person gave is never replaced. @throws NotFoundError */
export async function updateConversation({ ownerId, conversationId: id, ...changes }: Given): Promise<Conversation> {
  await saveChanges(db(), { id, ownerId }, changes.title === undefined ? changes : { ...changes, titleSource: "person" });
  announceConversation({ id, ownerId });
  return toConversation(await getConversation(db(), { id, ownerId }));
}
