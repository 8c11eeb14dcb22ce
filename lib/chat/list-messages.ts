import { db } from "@/db/database";
import { getConversation } from "@/db/queries/conversations";
import { listBranch, listHistory, listTree, type MessageRow } from "@/db/queries/messages";
import { requireAdmin } from "@/lib/auth/require-admin";
import type { Caller } from "@/lib/http/caller";
import { decodeCursor, type Page, toPage } from "@/lib/http/page";
import { toMessage } from "./present";
import type { Message } from "./shapes";

type Given = { ownerId: string; conversationId: string; limit: number; cursor?: string; all: boolean };

/** A page of the branch last looked at, or of the whole tree, oldest first. @throws NotFoundError */
export async function listMessages({ ownerId, conversationId, limit, cursor, all }: Given): Promise<Page<Message>> {
  const { headId } = await getConversation(db(), { id: conversationId, ownerId });
  const rows = await (all ? listTree(db(), { conversationId, ownerId }) : branchTo(headId, { conversationId, ownerId }));
  const after = cursor ? decodeCursor(cursor).id : undefined;
  const page = toPage(rows.slice(after ? rows.findIndex((row) => row.id === after) + 1 : 0), limit, (row) => row.createdAt);
  return { ...page, items: page.items.map(toMessage) };
}

async function branchTo(leafId: string | null, by: { conversationId: string; ownerId: string }): Promise<MessageRow[]> {
  return leafId ? listBranch(db(), { ...by, leafId }) : [];
}

/** A page of one user's messages over all conversations, newest first. @throws ForbiddenError when a user who is no admin, or an admin's key without that scope, asks for another's */
export async function listUserHistory(given: { caller: Caller; userId?: string; limit: number; cursor?: string }): Promise<Page<Message>> {
  const { caller, limit, cursor, userId = caller.userId } = given;
  if (userId !== caller.userId) requireAdmin(caller);
  const page = toPage(
    await listHistory(db(), { ownerId: userId, limit, cursor: cursor ? decodeCursor(cursor) : undefined }),
    limit,
    (row) => row.createdAt,
  );
  return { ...page, items: page.items.map(toMessage) };
}
