import { type Db, db } from "@/db/database";
import { lockConversation, updateConversation } from "@/db/queries/conversations";
import { saveFirstExchange } from "@/db/queries/first-exchange";
import { getMessage, type NewMessage } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { newId } from "@/lib/core/ids";
import { admitMessage } from "./admit-message";
import { announceConversation } from "./announce-conversation";
import { beginRun } from "./execute-run";
import { firstTitle } from "./first-title";
import { textParts } from "./message-parts";
import { emptyReply, firstRun, storeRun } from "./store-run";

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

type Exchange = { conversationId: string; messages: NewMessage[]; replyId: string; parentId: string };

/**
 * Stores a user's message with a run that answers it, in one transaction, and starts the run in the background.
 * When this returns, nothing of what was said can be lost; the reply goes on whether or not anyone follows it.
 * @returns the ids of the run, the conversation and the reply
 * @throws InvalidRequestError when the text is too long · RateLimitedError · ConflictError for a message id that is taken · NotFoundError for a conversation or parent that is not the owner's
 */
export async function startRun(given: StartRun): Promise<StartedRun> {
  const { ownerId, text, options } = given;
  await admitMessage(ownerId, text, options);
  const conversationId = given.conversationId ?? newId();
  const begun = await storeAsFirst(given, conversationId);
  const stored = begun ?? (await db().transaction((tx) => storeInto(tx, given, conversationId)));
  const { runId, claimed, replyId, parentId } = stored;
  // A new conversation is known whole, which saves its first reply the way to the database.
  const branch = begun ? [{ id: parentId, role: "user" as const, parts: textParts(text) }] : undefined;
  beginRun(conversationId, claimed, { parentId, siblings: [replyId], branch });
  announceConversation({ id: conversationId, ownerId });
  return { runId, conversationId, messageId: replyId };
}

/** Makes the conversation with its first exchange; null when it may not be made, or is there already. */
async function storeAsFirst(given: StartRun, id: string) {
  const { ownerId, text, options, parentId } = given;
  if (parentId || (given.conversationId && !given.mayCreate)) return null;
  const exchange = newExchange(given, id, null);
  const { model, ...others } = options;
  const title = { title: firstTitle(text), titleSource: "first-message" as const };
  const run = firstRun({ conversationId: id, ownerId, messageId: exchange.replyId, options });
  const conversation = { id, ownerId, ...title, model, options: others, headId: exchange.replyId };
  if (!(await saveFirstExchange(db(), { conversation, messages: exchange.messages, run }))) return null;
  return { ...exchange, runId: run.id, claimed: run };
}

/** Adds the exchange to a conversation that is there. */
async function storeInto(tx: Db, given: StartRun, id: string) {
  const { ownerId, text, options } = given;
  const { headId, titleSource } = await lockConversation(tx, { id, ownerId });
  if (!headId && titleSource === "first-message") await updateConversation(tx, { id, ownerId }, { title: firstTitle(text) });
  const parentId = given.parentId === undefined ? headId : given.parentId;
  if (parentId && parentId !== headId) await getMessage(tx, { id: parentId, conversationId: id, ownerId });
  const exchange = newExchange(given, id, parentId);
  return { ...exchange, ...(await storeRun(tx, { ...exchange, ownerId, messageId: exchange.replyId, options })) };
}

/** The user's message and the reply to come. */
function newExchange({ ownerId, text, messageId = newId() }: StartRun, conversationId: string, parentId: string | null): Exchange {
  const said: NewMessage = {
    id: messageId,
    conversationId,
    ownerId,
    parentId,
    role: "user",
    parts: textParts(text),
    text,
    status: "complete",
  };
  const reply = emptyReply({ conversationId, ownerId, parentId: messageId });
  return { conversationId, messages: [said, reply], replyId: reply.id, parentId: messageId };
}
