import type { HearthMessage } from "@/lib/chat/ui-message";

/** The branch to a message and no further; nothing for the start of the chat (null), all of it when the message is on another branch. */
export function branchUpTo(messages: HearthMessage[], id: string | null): HearthMessage[] {
  if (id === null) return [];
  const index = messages.findIndex((message) => message.id === id);
  return index < 0 ? messages : messages.slice(0, index + 1);
}
