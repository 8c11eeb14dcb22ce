import { isToolUIPart } from "ai";
import { type Db, db } from "@/db/database";
import { lockConversation } from "@/db/queries/conversations";
import { getMessage, goesOn, type MessageRow, saveEnding } from "@/db/queries/messages";
import { endWaitingRun, getNewestRunOf, getRun, type RunRow } from "@/db/queries/runs";
import { saveAllowance } from "@/db/queries/tool-allowances";
import type { MessageParts } from "@/db/schema/json";
import { ConflictError } from "@/lib/core/errors";
import { publishChatEvent } from "../chat-events";
import { beginRun } from "../execute-run";
import { type Run, run as runShape } from "../shapes";
import { storeRun } from "../store-run";
import { findTemporaryRun } from "../temporary-run";
import { type AskedPart, findAsked, toolNameOf } from "./find-asked";
import { type Decision, readDecision } from "./read-decision";
import { recordDecision } from "./record-decision";

type Part = MessageParts[number];
type Given = Decision & { ownerId: string; runId: string; toolCallId: string };
type Waiting = { run: RunRow; message: MessageRow; part: AskedPart };

/**
 * Approves, rejects or changes a call that waits. Once none of the reply's calls waits any more, a new run goes on with the
 * reply. To decide a call once more in the same way changes nothing.
 * @returns the run that still waits, or the one that goes on
 * @throws NotFoundError for another's run or an unknown call · ConflictError when it was decided otherwise or does not wait any more · InvalidRequestError for an input that the tool does not take
 */
export async function decideCall(given: Given): Promise<Run> {
  const { ownerId, runId } = given;
  if (findTemporaryRun({ runId, ownerId })) throw new ConflictError("Nothing waits for an approval in a temporary chat.");
  // Without the lock first: the conversation is named by the run.
  const { conversationId } = await getRun(db(), { id: runId, ownerId });
  const { claimed, next } = await db().transaction(async (tx) => {
    await lockConversation(tx, { id: conversationId, ownerId });
    const run = await getRun(tx, { id: runId, ownerId });
    const message = await getMessage(tx, { id: run.messageId, conversationId, ownerId });
    const part = findAsked(message.parts, given.toolCallId);
    const stored = await decideIn(tx, given, { run, message, part });
    return { ...stored, next: await getNewestRunOf(tx, { messageId: message.id, ownerId }) };
  });
  if (claimed) beginRun({ conversationId, ownerId }, claimed);
  else await publishChatEvent(ownerId, { type: "approval-decided", conversationId, runId });
  return runShape.parse(next);
}

async function decideIn(tx: Db, given: Given, { run, message, part }: Waiting) {
  const decision = readDecision(given, part);
  if (part.approval.approved !== undefined) {
    if (isSame(decision.part, part)) return { claimed: null };
    throw new ConflictError("This call was decided otherwise. Load the chat to see how.");
  }
  if (run.status !== "awaiting-approval" || part.state !== "approval-requested")
    throw new ConflictError("This call does not wait for an approval any more.");
  const { conversationId, ownerId, id } = message;
  const parts = message.parts.map((other): Part => (other === part ? (decision.part as Part) : other));
  if (decision.remembered !== undefined)
    await saveAllowance(tx, { conversationId, ownerId, toolName: toolNameOf(part), input: decision.remembered });
  await recordDecision(tx, { run, asked: part, decided: decision.part });
  const isDone = !parts.some((other) => isToolUIPart(other) && other.state === "approval-requested");
  await saveEnding(tx, { id, conversationId, ownerId }, { parts, ...(isDone && goesOn) });
  return { claimed: isDone ? await goOn(tx, run) : null };
}

/** Ends the run that waited, and stores the one that goes on as it was asked for. */
async function goOn(tx: Db, run: RunRow) {
  const { conversationId, ownerId, messageId } = run;
  const { keyId, isFresh: _, ...options } = run.options;
  await endWaitingRun(tx, { conversationId, ownerId }, "complete");
  const { claimed } = await storeRun(tx, { conversationId, ownerId, messageId, options, keyId, messages: [], continues: true });
  return claimed;
}

/** Whether a call that was decided before was decided in this way; when that was, and the words, do not matter. */
function isSame(decided: AskedPart, before: AskedPart): boolean {
  const essence = ({ input, approval }: AskedPart) => JSON.stringify([input, approval.approved]);
  return essence(decided) === essence(before);
}
