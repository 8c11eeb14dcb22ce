import { db } from "@/db/database";
import { lockConversation } from "@/db/queries/conversations";
import { getMessage } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { InvalidRequestError } from "@/lib/core/errors";
import { admitRun } from "./admit-message";
import { beginRun } from "./execute-run";
import type { StartedRun } from "./start-run";
import { emptyReply, storeRun } from "./store-run";

/**
 * Answers the same message again, as a new version beside the reply that is there.
 * @throws InvalidRequestError when the message is not a reply · RateLimitedError · NotFoundError
 */
export async function regenerateReply(given: {
  ownerId: string;
  conversationId: string;
  messageId: string;
  options: ChatOptions;
}): Promise<StartedRun> {
  const { ownerId, conversationId, options } = given;
  await admitRun(ownerId);
  const { runId, claimed, replyId } = await db().transaction(async (tx) => {
    await lockConversation(tx, { id: conversationId, ownerId });
    const old = await getMessage(tx, { id: given.messageId, conversationId, ownerId });
    if (old.role !== "assistant")
      throw new InvalidRequestError("Only a reply can be made again.", [{ path: "body.messageId", message: "Name an assistant message" }]);
    const reply = emptyReply({ conversationId, ownerId, parentId: old.parentId });
    const stored = await storeRun(tx, { conversationId, ownerId, messageId: reply.id, options, messages: [reply] });
    return { replyId: reply.id, ...stored };
  });
  beginRun(conversationId, claimed);
  return { runId, conversationId, messageId: replyId };
}
