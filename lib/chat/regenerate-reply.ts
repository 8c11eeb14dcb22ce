import { InvalidRequestError } from "@/lib/core/errors";
import { type OnReply, runOnReply } from "./run-on-reply";
import type { StartedRun } from "./start-run";
import { emptyReply } from "./store-run";

/**
 * Answers the same message again, as a new version beside the reply that is there. The model is asked, whatever answers are kept.
 * @throws InvalidRequestError when the message is not a reply · RateLimitedError · NotFoundError
 */
export function regenerateReply(given: OnReply): Promise<StartedRun> {
  return runOnReply(given, async (_, { conversationId, ownerId, parentId, role }) => {
    if (role !== "assistant")
      throw new InvalidRequestError("Only a reply can be made again.", [{ path: "body.messageId", message: "Name an assistant message" }]);
    const reply = emptyReply({ conversationId, ownerId, parentId });
    return { messageId: reply.id, messages: [reply], isFresh: true };
  });
}
