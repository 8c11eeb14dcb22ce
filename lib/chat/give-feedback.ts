import { db } from "@/db/database";
import { saveFeedback } from "@/db/queries/messages";
import { toMessage } from "./present";
import type { Message } from "./shapes";

/** Keeps what the owner thinks of a reply, beside the decision that chose its model; null takes it back. @throws NotFoundError */
export async function giveFeedback(by: { messageId: string; ownerId: string }, vote: "up" | "down" | null): Promise<Message> {
  return toMessage(await saveFeedback(db(), { id: by.messageId, ownerId: by.ownerId }, vote));
}
