import { sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { moveHead } from "@/db/queries/conversations";
import { type NewMessage, saveMessages } from "@/db/queries/messages";
import { type RunTask, saveRun } from "@/db/queries/runs";
import type { ChatOptions } from "@/db/schema/json";
import { newId } from "@/lib/core/ids";
import { claimRun } from "./claim-run";

/** A run to be stored. */
export type NewRun = {
  conversationId: string;
  ownerId: string;
  /** The reply it will write. */
  messageId: string;
  options: ChatOptions;
  /** The API key that it was asked for with. */
  keyId?: string;
  /** No kept answer will do. */
  isFresh?: boolean;
  /** The host that let the reply down which it goes on with. */
  avoidUpstream?: string;
  /** The messages it needs and that are not stored yet. */
  messages: NewMessage[];
  continues?: boolean;
};

/**
 * Stores a run with its messages, as the last step of a transaction that holds the conversation.
 * It starts at once unless another run is writing in the conversation: then it waits its turn.
 * @returns the run's id, and the run to execute now, if any
 */
export async function storeRun(tx: Db, given: NewRun): Promise<{ runId: string; claimed: RunTask | null }> {
  const { conversationId, ownerId, messageId, options } = given;
  const { model = null, ...others } = options;
  await saveMessages(tx, given.messages);
  const { id: runId } = await saveRun(tx, { ...newRun(given), status: "queued" });
  await moveHead(tx, { id: conversationId, ownerId }, messageId, { options: others, ...(model && { model }) });
  return { runId, claimed: await claimRun(tx, { conversationId, ownerId }) };
}

function newRun({ options, keyId, isFresh, avoidUpstream, continues = false, ...by }: Omit<NewRun, "messages">) {
  const { conversationId, ownerId, messageId } = by;
  const asked = { ...options, keyId, isFresh, avoidUpstream };
  return { id: newId(), conversationId, ownerId, messageId, options: asked, continues, model: options.model };
}

/** The reply that a run will write, so that it has its place in the tree from the start. */
export function emptyReply(by: { conversationId: string; ownerId: string; parentId: string | null }): NewMessage & { id: string } {
  // A moment later than the message it answers, for lists sorted by time.
  const createdAt = sql`now() + interval '1 millisecond'`;
  return { ...by, id: newId(), role: "assistant", parts: [], text: "", status: "running", createdAt };
}
