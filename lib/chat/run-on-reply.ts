import { type Db, db } from "@/db/database";
import { lockConversation } from "@/db/queries/conversations";
import { getMessage, type MessageRow } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { admitRun } from "./admit-message";
import { beginRun } from "./execute-run";
import type { StartedRun } from "./start-run";
import { type NewRun, storeRun } from "./store-run";

/** What is asked about a reply that is there. */
export type OnReply = { ownerId: string; keyId?: string; conversationId: string; messageId: string; options: ChatOptions };

/** Which reply the run writes: one of `messages`, that are stored with it, or the one that is there, which it continues. */
type Prepared = Pick<NewRun, "messageId" | "messages" | "continues" | "isFresh" | "avoidUpstream">;

/**
 * Starts a run about a reply that is there.
 * @param prepare checks the message and says what the run writes, in the transaction that stores the run
 * @throws what `prepare` throws · RateLimitedError · NotFoundError
 */
export async function runOnReply(given: OnReply, prepare: (tx: Db, reply: MessageRow) => Promise<Prepared>): Promise<StartedRun> {
  const { ownerId, keyId, conversationId, options } = given;
  const rateHeaders = await admitRun(ownerId);
  const { claimed, ...started } = await db().transaction(async (tx) => {
    await lockConversation(tx, { id: conversationId, ownerId });
    const prepared = await prepare(tx, await getMessage(tx, { id: given.messageId, conversationId, ownerId }));
    const stored = await storeRun(tx, { ...prepared, conversationId, ownerId, options, keyId });
    return { ...stored, conversationId, messageId: prepared.messageId };
  });
  beginRun({ conversationId, ownerId }, claimed);
  return { ...started, rateHeaders };
}
