import { db } from "@/db/database";
import { saveFirstExchange } from "@/db/queries/first-exchange";
import type { RunTask } from "@/db/queries/runs";
import { newId } from "@/lib/core/ids";
import { executeRun } from "./execute-run";
import { firstTitle } from "./first-title";
import { instanceId } from "./instance";
import { textParts } from "./message-parts";
import type { StartRun } from "./start-run";

/**
 * Makes a conversation with its first exchange, and has the model asked while that is being stored (docs/adr/0013-ask-while-storing.md).
 * Nothing of the reply is shown before it is stored, nor anything kept when it is not.
 * @returns the run and its reply; null when the conversation may not be made, or is there already
 */
export async function beginConversation(given: StartRun, conversationId: string): Promise<{ runId: string; replyId: string } | null> {
  const { ownerId, keyId, text, options, parentId, isFresh, messageId = newId() } = given;
  if (parentId || (given.conversationId && !given.mayCreate)) return null;
  const { model = null, ...others } = options;
  const [runId, replyId] = [newId(), newId()];
  const parts = textParts(text);
  const run: RunTask = {
    id: runId,
    conversationId,
    ownerId,
    messageId: replyId,
    options: { ...options, keyId, isFresh },
    continues: false,
  };
  const storing = saveFirstExchange(db(), {
    conversationId,
    ownerId,
    title: firstTitle(text),
    model,
    options: others,
    messageId,
    parts,
    text,
    replyId,
    runId,
    runOptions: run.options,
    instanceId: instanceId(),
  });
  // A message that is said to be the first may be an edited one, of a conversation that is there.
  if (parentId === null && !(await storing)) return null;
  executeRun(run, { parentId: messageId, siblings: [replyId], branch: [{ id: messageId, role: "user", parts }] }, storing);
  return (await storing) ? { runId, replyId } : null;
}
