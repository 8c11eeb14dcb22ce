import type { HearthMessage } from "@/lib/chat/ui-message";

/** The question that a reply is the kept answer to, when it was a similar one. */
export function similarQuestionOf({ parts }: HearthMessage): string | undefined {
  const part = parts.find(({ type }) => type === "data-similar");
  return part && "data" in part && typeof part.data === "string" ? part.data : undefined;
}

/** What the reader should know of how a reply was made, as that older messages were left out; each once. */
export function notesOf(message: HearthMessage): string[] {
  const streamed = message.parts.flatMap((part) => (part.type === "data-note" && typeof part.data === "string" ? [part.data] : []));
  return [...new Set([...streamed, ...(message.metadata?.notes ?? [])])];
}
