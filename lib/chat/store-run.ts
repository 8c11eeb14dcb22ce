import type { Db } from "@/db/database";
import { moveHead, updateConversation } from "@/db/queries/conversations";
import { claimNextRun, type RunRow, saveRun } from "@/db/queries/runs";
import type { ChatOptions } from "@/db/schema/json";
import { newId } from "@/lib/core/ids";
import { instanceId } from "./instance";

/**
 * Stores a run that will write `messageId`, as the last step of a transaction that holds the conversation.
 * It starts at once unless another run is writing in the conversation: then it waits its turn.
 * @returns the run's id, and the run to execute now, if any
 */
export async function storeRun(
  tx: Db,
  by: { conversationId: string; ownerId: string; messageId: string; options: ChatOptions; continues?: boolean },
): Promise<{ runId: string; claimed: RunRow | null }> {
  const { conversationId, ownerId, messageId, options, continues = false } = by;
  const runId = newId();
  const { model, ...others } = options;
  await saveRun(tx, { id: runId, conversationId, ownerId, messageId, options, continues, model, status: "queued" });
  await updateConversation(tx, { id: conversationId, ownerId }, { options: others, ...(model && { model }) });
  await moveHead(tx, { id: conversationId, ownerId }, messageId, true);
  return { runId, claimed: await claimNextRun(tx, { conversationId, instanceId: instanceId() }) };
}
