import type { HearthMessage } from "@/lib/chat/ui-message";

/** The server's messages, but with the objects we already show wherever nothing changed, so that those do not render again. */
export function reconcileMessages(shown: HearthMessage[], stored: HearthMessage[]): HearthMessage[] {
  const byId = new Map(shown.map((message) => [message.id, message]));
  return stored.map((message) => {
    const known = byId.get(message.id);
    return known && isSame(known, message) ? known : message;
  });
}

function isSame(a: HearthMessage, b: HearthMessage): boolean {
  return a.parts.length === b.parts.length && JSON.stringify([a.parts, essence(a)]) === JSON.stringify([b.parts, essence(b)]);
}

/** What of the metadata can be seen. Times and run ids differ between a followed reply and the stored one. */
function essence({ metadata }: HearthMessage) {
  return [
    metadata?.parentId,
    metadata?.siblings,
    metadata?.status,
    metadata?.status === "awaiting-approval" && metadata.runId,
    metadata?.model,
    metadata?.usage?.outputTokens,
    metadata?.route?.why,
    metadata?.feedback,
    metadata?.error?.message,
  ];
}
