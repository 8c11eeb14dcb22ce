import { type Db, db } from "@/db/database";
import { lockConversation, updateConversation } from "@/db/queries/conversations";
import { getMessage, type NewMessage } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { newId } from "@/lib/core/ids";
import { admitMessage } from "./admit-message";
import { announceConversation } from "./announce-conversation";
import { beginConversation } from "./begin-conversation";
import { beginRun } from "./execute-run";
import { firstTitle } from "./first-title";
import { textParts } from "./message-parts";
import { emptyReply, storeRun } from "./store-run";

export type StartRun = {
  ownerId: string;
  /** The API key that the run is asked for with. */
  keyId?: string;
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
  /** Whether no kept answer will do. */
  isFresh?: boolean;
};

/** What a run that was just stored is known by. `rateHeaders` tell how the user's limit of messages stands. */
export type StartedRun = { runId: string; conversationId: string; messageId: string; rateHeaders: Record<string, string> };

type Exchange = { conversationId: string; messages: NewMessage[]; replyId: string; parentId: string };

/**
 * Stores a user's message with a run that answers it, in one transaction, and starts the run in the background.
 * When this returns, nothing of what was said can be lost; the reply goes on whether or not anyone follows it.
 * @returns the ids of the run, the conversation and the reply
 * @throws InvalidRequestError when the text is too long · RateLimitedError · ConflictError for a message id that is taken · NotFoundError for a conversation or parent that is not the owner's
 */
export async function startRun(given: StartRun): Promise<StartedRun> {
  const { ownerId, text, options } = given;
  const rateHeaders = await admitMessage(ownerId, text, options);
  const conversationId = given.conversationId ?? newId();
  const { runId, replyId } = (await beginConversation(given, conversationId)) ?? (await continueConversation(given, conversationId));
  announceConversation({ id: conversationId, ownerId });
  return { runId, conversationId, messageId: replyId, rateHeaders };
}

/** Adds the exchange to a conversation that is there, and begins the run when it is its turn. */
async function continueConversation(given: StartRun, conversationId: string): Promise<{ runId: string; replyId: string }> {
  const { ownerId } = given;
  const { runId, claimed, replyId, parentId } = await db().transaction((tx) => storeInto(tx, given, conversationId));
  // An older run may have been waiting, and then its turn comes first.
  beginRun({ conversationId, ownerId }, claimed, claimed?.id === runId ? { parentId, siblings: [replyId] } : undefined);
  return { runId, replyId };
}

async function storeInto(tx: Db, given: StartRun, id: string) {
  const { ownerId, keyId, text, options, isFresh } = given;
  const { headId, titleSource } = await lockConversation(tx, { id, ownerId });
  if (!headId && titleSource === "first-message") await updateConversation(tx, { id, ownerId }, { title: firstTitle(text) });
  const parentId = given.parentId === undefined ? headId : given.parentId;
  if (parentId && parentId !== headId) await getMessage(tx, { id: parentId, conversationId: id, ownerId });
  const exchange = newExchange(given, id, parentId);
  const run = { ...exchange, ownerId, messageId: exchange.replyId, options, keyId, isFresh };
  return { ...exchange, ...(await storeRun(tx, run)) };
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
