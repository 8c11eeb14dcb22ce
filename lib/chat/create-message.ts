import { db } from "@/db/database";
import { lockConversation, moveHead } from "@/db/queries/conversations";
import { getMessage, saveMessages } from "@/db/queries/messages";
import { newId } from "@/lib/core/ids";
import { checkLength } from "./admit-message";
import { announceConversation } from "./announce-conversation";
import { textParts } from "./message-parts";
import { toMessage } from "./present";
import type { Message } from "./shapes";

type Given = { ownerId: string; conversationId: string; role: "user" | "assistant" | "system"; text: string; parentId?: string };

/** Stores a message without running a model, after the newest message of the branch unless a parent is named. @throws NotFoundError · InvalidRequestError when too long */
export async function createMessage({ ownerId, conversationId, role, text, parentId: named }: Given): Promise<Message> {
  checkLength(text);
  const id = newId();
  const stored = await db().transaction(async (tx) => {
    const { headId } = await lockConversation(tx, { id: conversationId, ownerId });
    const parentId = named ?? headId;
    if (parentId) await getMessage(tx, { id: parentId, conversationId, ownerId });
    await saveMessages(tx, [{ id, conversationId, ownerId, parentId, role, parts: textParts(text), text, status: "complete" }]);
    await moveHead(tx, { id: conversationId, ownerId }, id, {});
    return getMessage(tx, { id, conversationId, ownerId });
  });
  announceConversation({ id: conversationId, ownerId });
  return toMessage(stored);
}
