import { db } from "@/db/database";
import { getMessage } from "@/db/queries/messages";
import { getRun } from "@/db/queries/runs";
import { deleteAllowance } from "@/db/queries/tool-allowances";
import { findTool } from "@/lib/agent/tools/registry";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import { findAsked, toolNameOf } from "./find-asked";

type Given = { ownerId: string; runId: string; toolCallId: string };

/**
 * Takes back that calls like this one are always allowed in their conversation: the next is asked about. When none was,
 * nothing changes.
 * @throws NotFoundError for another's run or an unknown call
 */
export async function forgetAllowance({ ownerId, runId, toolCallId }: Given): Promise<void> {
  const { conversationId, messageId } = await getRun(db(), { id: runId, ownerId });
  const { parts } = await getMessage(db(), { id: messageId, conversationId, ownerId });
  const part = findAsked(parts, toolCallId);
  const toolName = toolNameOf(part);
  // As the next call will be compared: as the tool reads it.
  const input = findTool(toolName)?.input.safeParse(part.input).data ?? part.input;
  await db().transaction(async (tx) => {
    if (!(await deleteAllowance(tx, { conversationId, ownerId, toolName, input }))) return;
    await recordEvent(tx, {
      action: "approval.forgotten",
      target: { kind: "tool", id: toolCallId, name: toolName },
      before: { input, conversationId },
    });
  });
}
