import { api } from "@/components/api/api";
import { failureText } from "@/components/api/api-error";
import type { giveFeedback } from "@/lib/chat/contract";
import type { ChatSession } from "./chat-session";

export type Vote = "up" | "down";

/** Keeps what the reader thinks of a reply; null takes it back. Shown at once, and undone when the server did not take it. */
export async function giveVote(
  { store, events }: Pick<ChatSession, "store" | "events">,
  messageId: string,
  vote: Vote | null,
): Promise<void> {
  const before = store.messages.find(({ id }) => id === messageId)?.metadata?.feedback;
  const show = (feedback: Vote | undefined) => {
    const messages = store.messages.map((message) =>
      message.id === messageId && message.metadata ? { ...message, metadata: { ...message.metadata, feedback } } : message,
    );
    store.set({ messages });
  };
  show(vote ?? undefined);
  try {
    await api<typeof giveFeedback>("POST", `/api/v1/messages/${messageId}/feedback`, { body: { vote } });
  } catch (error) {
    show(before);
    events.onProblem(failureText(error));
  }
}
