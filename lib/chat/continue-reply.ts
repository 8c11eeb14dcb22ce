import { goesOn, saveEnding } from "@/db/queries/messages";
import { ConflictError, InvalidRequestError } from "@/lib/core/errors";
import { isTruncated } from "./message-parts";
import { type OnReply, runOnReply } from "./run-on-reply";
import type { StartedRun } from "./start-run";

/**
 * Goes on with a reply that was stopped, broke off, failed or ended at its longest length, from the text that is there; where
 * a host let it down, at another that has the model.
 * @throws ConflictError while the reply is still being written · InvalidRequestError when it is whole · RateLimitedError · NotFoundError
 */
export function continueReply(given: OnReply): Promise<StartedRun> {
  return runOnReply(given, async (tx, { id, conversationId, ownerId, role, status, parts, error, usage }) => {
    if (status === "running") throw new ConflictError("This reply is being written. Stop it first, or wait.");
    if (status === "awaiting-approval") throw new ConflictError("This reply waits for your approval. Give or refuse it first.");
    if (role !== "assistant" || (status === "complete" && !isTruncated(parts))) {
      throw new InvalidRequestError("Only a reply that broke off can be continued.", [
        { path: "body.messageId", message: "Name a stopped, interrupted, failed or truncated reply" },
      ]);
    }
    await saveEnding(tx, { id, conversationId, ownerId }, { ...goesOn, error: null });
    const avoidUpstream = status === "failed" && error?.reason ? usage?.upstream : undefined;
    return { messageId: id, messages: [], continues: true, avoidUpstream };
  });
}
