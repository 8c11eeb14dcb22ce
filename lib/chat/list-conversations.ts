import { db } from "@/db/database";
import { listConversations as list, searchConversations } from "@/db/queries/conversations";
import { decodeCursor, type Page, toPage } from "@/lib/http/page";
import { toConversation } from "./present";
import type { Conversation } from "./shapes";

type Given = { ownerId: string; limit: number; cursor?: string; q?: string; archived?: boolean };

/**
 * A page of the owner's conversations, last used first. With `q`, those whose title or messages match, each with a snippet.
 * @throws InvalidRequestError for a cursor that is not ours
 */
export async function listConversations({ ownerId, limit, cursor: at, q, archived }: Given): Promise<Page<Conversation>> {
  const cursor = at ? decodeCursor(at) : undefined;
  if (!q) {
    const page = toPage(await list(db(), { ownerId, limit, cursor, archived }), limit, (row) => row.updatedAt);
    return { ...page, items: page.items.map(toConversation) };
  }
  const page = toPage(await searchConversations(db(), { ownerId, words: q, limit, cursor }), limit, (row) => row.updatedAt);
  return {
    ...page,
    items: page.items.map(({ passage, ...row }) => ({ ...toConversation(row), snippet: toSnippet(passage ?? row.title) })),
  };
}

/** A passage as HTML in which nothing but the marks around the words found is markup. */
function toSnippet(passage: string): string {
  const escaped = passage.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
  return escaped.replaceAll("\ue000", "<mark>").replaceAll("\ue001", "</mark>");
}
