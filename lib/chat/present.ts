import type { ConversationRow } from "@/db/queries/conversations";
import type { MessageRow } from "@/db/queries/messages";
import { isTruncated } from "./message-parts";
import { type Conversation, conversation, type Message, message } from "./shapes";

/** A stored conversation as the API shows it. */
export function toConversation(row: ConversationRow): Conversation {
  return conversation.parse(row);
}

/** A stored message as the API shows it. */
export function toMessage(row: MessageRow): Message {
  return message.parse({ ...row, truncated: (row.status === "complete" && isTruncated(row.parts)) || undefined });
}
