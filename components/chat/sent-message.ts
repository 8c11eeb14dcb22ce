import type { HearthMessage } from "@/lib/chat/ui-message";

type Given = { id: string; conversationId: string; text: string; parentId: string | null; siblings: string[] };

/** A reader's message as it is shown before the server has answered. */
export function sentMessage({ id, text, ...place }: Given): HearthMessage {
  return {
    id,
    role: "user",
    parts: [{ type: "text", text }],
    metadata: { ...place, status: "complete", createdAt: new Date().toISOString() },
  };
}
