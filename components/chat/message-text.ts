import type { HearthMessage } from "@/lib/chat/ui-message";

/** The words of a message, without reasoning and tools. */
export function textOfMessage(message: HearthMessage): string {
  return message.parts.flatMap((part) => (part.type === "text" && part.text ? [part.text] : [])).join("\n\n");
}
