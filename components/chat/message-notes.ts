import type { HearthMessage } from "@/lib/chat/ui-message";

/** What the reader should know of how a reply was made, as that older messages were left out; each once. */
export function notesOf(message: HearthMessage): string[] {
  const streamed = message.parts.flatMap((part) => (part.type === "data-note" && typeof part.data === "string" ? [part.data] : []));
  return [...new Set([...streamed, ...(message.metadata?.notes ?? [])])];
}
