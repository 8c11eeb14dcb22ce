import { db } from "@/db/database";
import { getConversation, moveHead } from "@/db/queries/conversations";
import { getMessage, listBranch, listTreeIds } from "@/db/queries/messages";
import type { OpenedConversation } from "./page-contract";
import { toConversation, toMessage } from "./present";
import { toUiMessage } from "./ui-message";

type By = { ownerId: string; conversationId: string };
type Node = { id: string; parentId: string | null };

/** A conversation with the branch last looked at, as the chat page holds it. @throws NotFoundError */
export async function openConversation({ ownerId, conversationId }: By): Promise<OpenedConversation> {
  const row = await getConversation(db(), { id: conversationId, ownerId });
  const tree = await listTreeIds(db(), { conversationId, ownerId });
  const branch = row.headId ? await listBranch(db(), { conversationId, ownerId, leafId: row.headId }) : [];
  const versions = Map.groupBy(tree, (node) => node.parentId);
  const messages = branch.map((message) => {
    const siblings = versions.get(message.parentId)?.map(({ id }) => id) ?? [message.id];
    const runIds: Partial<Record<typeof message.status, string | null>> = {
      running: row.activeRunId,
      "awaiting-approval": row.waitingRunId,
    };
    return toUiMessage(toMessage(message), siblings, runIds[message.status] ?? undefined);
  });
  return { conversation: toConversation(row), options: { ...row.options, ...(row.model && { model: row.model }) }, messages };
}

/** Shows the newest branch through a message and remembers it as the one last looked at. @throws NotFoundError */
export async function switchBranch({ ownerId, conversationId, messageId }: By & { messageId: string }): Promise<OpenedConversation> {
  await getConversation(db(), { id: conversationId, ownerId });
  await getMessage(db(), { id: messageId, conversationId, ownerId });
  const tree = await listTreeIds(db(), { conversationId, ownerId });
  await moveHead(db(), { id: conversationId, ownerId }, newestLeaf(tree, messageId));
  return openConversation({ ownerId, conversationId });
}

/** Goes down from a message along its newest children. `tree` is oldest first. */
function newestLeaf(tree: Node[], from: string): string {
  const children = Map.groupBy(tree, (node) => node.parentId);
  let leaf = from;
  for (let next = children.get(leaf)?.at(-1); next; next = children.get(leaf)?.at(-1)) leaf = next.id;
  return leaf;
}
