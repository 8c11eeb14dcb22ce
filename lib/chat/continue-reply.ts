import { db } from "@/db/database";
import { lockConversation } from "@/db/queries/conversations";
import { getMessage, saveEnding } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { ConflictError, InvalidRequestError } from "@/lib/core/errors";
import { admitRun } from "./admit-message";
import { beginRun } from "./execute-run";
import type { StartedRun } from "./start-run";
import { storeRun } from "./store-run";

/**
 * Goes on with a reply that was stopped, broke off or failed, from the text that is there.
 * @throws ConflictError while the reply is still being written · InvalidRequestError when it is whole · RateLimitedError · NotFoundError
 */
export async function continueReply(given: {
  ownerId: string;
  conversationId: string;
  messageId: string;
  options: ChatOptions;
}): Promise<StartedRun> {
  const { ownerId, conversationId, messageId, options } = given;
  await admitRun(ownerId);
  const { runId, claimed } = await db().transaction(async (tx) => {
    await lockConversation(tx, { id: conversationId, ownerId });
    const reply = await getMessage(tx, { id: messageId, conversationId, ownerId });
    if (reply.status === "running") throw new ConflictError("This reply is being written. Stop it first, or wait.");
    if (reply.role !== "assistant" || reply.status === "complete") {
      throw new InvalidRequestError("Only a reply that broke off can be continued.", [
        { path: "body.messageId", message: "Name a stopped, interrupted or failed reply" },
      ]);
    }
    await saveEnding(tx, { id: messageId, conversationId, ownerId }, { status: "running", error: null });
    return storeRun(tx, { conversationId, ownerId, messageId, options, messages: [], continues: true });
  });
  beginRun(conversationId, claimed);
  return { runId, conversationId, messageId };
}
