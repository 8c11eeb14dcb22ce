import { isToolUIPart } from "ai";
import type { Db } from "@/db/database";
import { getMessage, saveEnding } from "@/db/queries/messages";
import { endWaitingRun } from "@/db/queries/runs";
import type { MessageParts } from "@/db/schema/json";

type Part = MessageParts[number];

/** Why calls that waited were not made, as the model reads it. */
export const closedBy = {
  stop: "The reply was stopped before this was answered.",
  nextMessage: "Not answered: the chat went on without it.",
} as const;

/**
 * Rejects what waits for an approval in a conversation and ends its reply as stopped. Part of a transaction that holds the
 * conversation.
 * @returns the run that waited, if one did
 */
export async function closeWaiting(tx: Db, by: { conversationId: string; ownerId: string }, why: keyof typeof closedBy) {
  const run = await endWaitingRun(tx, by, "stopped");
  if (!run) return null;
  const { parts } = await getMessage(tx, { ...by, id: run.messageId });
  await saveEnding(tx, { ...by, id: run.messageId }, { parts: denied(parts, closedBy[why]), status: "stopped" });
  return run;
}

/** Closes every call that was not made: those that wait, and those that were decided while others waited. */
function denied(parts: MessageParts, reason: string): MessageParts {
  return parts.map((part): Part => {
    if (!isToolUIPart(part) || (part.state !== "approval-requested" && part.state !== "approval-responded")) return part;
    const given = part.approval.approved === false ? part.approval.reason : reason;
    return { ...part, state: "output-denied", approval: { ...part.approval, approved: false, reason: given } } as Part;
  });
}
