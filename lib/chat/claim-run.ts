import type { Db } from "@/db/database";
import { claimNextRun, type RunTask } from "@/db/queries/runs";
import { closeWaiting } from "./approvals/close-waiting";
import { instanceId } from "./instance";

/**
 * Makes the oldest waiting run of a conversation the running one, of this instance, unless one is running. A chat that goes
 * on leaves no call waiting for an approval: it is rejected. Only in a transaction that holds the conversation.
 */
export async function claimRun(tx: Db, by: { conversationId: string; ownerId: string }): Promise<RunTask | null> {
  const claimed = await claimNextRun(tx, { conversationId: by.conversationId, instanceId: instanceId() });
  if (claimed?.overtakes) await closeWaiting(tx, by, "nextMessage");
  return claimed;
}
