import { db } from "@/db/database";
import { getConversation } from "@/db/queries/conversations";
import { listRuns as list } from "@/db/queries/runs";
import { decodeCursor, type Page, toPage } from "@/lib/http/page";
import { type Run, run } from "./shapes";

type Given = { ownerId: string; limit: number; cursor?: string; conversationId?: string; status?: Run["status"] };

/**
 * A page of the owner's runs, newest first; temporary chats leave none.
 * @throws NotFoundError for a chat that is not the owner's · InvalidRequestError for a cursor that is not ours
 */
export async function listRuns({ cursor: at, ...by }: Given): Promise<Page<Run>> {
  if (by.conversationId) await getConversation(db(), { id: by.conversationId, ownerId: by.ownerId });
  const rows = await list(db(), { ...by, cursor: at ? decodeCursor(at) : undefined });
  const page = toPage(rows, by.limit, ({ queuedAt }) => queuedAt);
  return { ...page, items: page.items.map((row) => run.parse(row)) };
}
