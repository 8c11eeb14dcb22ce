import { sql } from "drizzle-orm";
import { type Db, db } from "@/db/database";
import { lockConversation, saveConversation, updateConversation } from "@/db/queries/conversations";
import { getMessage, saveMessage } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { newId } from "@/lib/core/ids";
import { admitMessage } from "./admit-message";
import { announceConversation } from "./announce-conversation";
import { executeRun } from "./execute-run";
import { firstTitle } from "./first-title";
import { textParts } from "./message-parts";
import { storeRun } from "./store-run";

export type StartRun = {
  ownerId: string;
  /** Goes on with this conversation, or makes it under this id; a new one when absent. */
  conversationId?: string;
  /** Whether a conversation that does not exist may be made under the given id. */
  mayCreate?: boolean;
  text: string;
  /** The user message's id when the client has one already. */
  messageId?: string;
  /** The message it follows: null for the start, the newest of the branch last looked at when absent. */
  parentId?: string | null;
  options: ChatOptions;
};

/** What a run that was just stored is known by. */
export type StartedRun = { runId: string; conversationId: string; messageId: string };

/**
 * Stores a user's message with a run that answers it, in one transaction, and starts the run in the background.
 * When this returns, nothing of what was said can be lost; the reply goes on whether or not anyone follows it.
 * @returns the ids of the run, the conversation and the reply
 * @throws InvalidRequestError when the text is too long · RateLimitedError · NotFoundError for a conversation or parent that is not the owner's
 */
export async function startRun(given: StartRun): Promise<StartedRun> {
  const { ownerId, text, options } = given;
  await admitMessage(ownerId, text, options);
  const conversationId = given.conversationId ?? newId();
  const { runId, claimed, replyId } = await db().transaction(async (tx) => {
    const conversation = await openConversation(tx, given, conversationId);
    const parentId = given.parentId === undefined ? conversation.headId : given.parentId;
    if (parentId) await getMessage(tx, { id: parentId, conversationId, ownerId });
    const messageId = given.messageId ?? newId();
    await saveMessage(tx, {
      id: messageId,
      conversationId,
      ownerId,
      parentId,
      role: "user",
      parts: textParts(text),
      text,
      status: "complete",
    });
    const replyId = await saveEmptyReply(tx, { conversationId, ownerId, parentId: messageId });
    return { replyId, ...(await storeRun(tx, { conversationId, ownerId, messageId: replyId, options })) };
  });
  if (claimed) executeRun(claimed);
  void announceConversation({ id: conversationId, ownerId });
  return { runId, conversationId, messageId: replyId };
}

/** Takes the conversation for this transaction, making it when it is new. */
async function openConversation(tx: Db, given: StartRun, id: string) {
  const { ownerId, text, options } = given;
  if (!given.conversationId || given.mayCreate) {
    await saveConversation(tx, { id, ownerId, title: firstTitle(text), titleSource: "first-message", model: options.model });
  }
  const conversation = await lockConversation(tx, { id, ownerId });
  if (!conversation.headId && conversation.titleSource === "first-message")
    await updateConversation(tx, { id, ownerId }, { title: firstTitle(text) });
  return conversation;
}

/** Stores the reply that a run will write, so that it has its place in the tree from the start. @returns its id */
export async function saveEmptyReply(tx: Db, by: { conversationId: string; ownerId: string; parentId: string | null }): Promise<string> {
  const id = newId();
  // A moment later than the message it answers, for lists sorted by time.
  const createdAt = sql`now() + interval '1 millisecond'`;
  await saveMessage(tx, { ...by, id, role: "assistant", parts: [], text: "", status: "running", createdAt });
  return id;
}
