import { db } from "@/db/database";
import { getConversation, saveConversation } from "@/db/queries/conversations";
import { newId } from "@/lib/core/ids";
import { announceConversation } from "./announce-conversation";
import { toConversation } from "./present";
import type { Conversation } from "./shapes";

type Given = { ownerId: string; title?: string; model?: string | null; pinned?: boolean; archived?: boolean; tags?: string[] };

/** Makes an empty conversation. Without a title it gets one from its first message. */
export async function createConversation({ ownerId, title, ...others }: Given): Promise<Conversation> {
  const id = newId();
  await saveConversation(db(), { ...others, id, ownerId, title: title ?? "New chat", titleSource: title ? "person" : "first-message" });
  announceConversation({ id, ownerId });
  return toConversation(await getConversation(db(), { id, ownerId }));
}
