import type { FeedEvent } from "@/components/workspace/chat-events";
import type { MessageMetadata } from "@/lib/chat/ui-message";

type News = Extract<FeedEvent, { type: "run-started" | "run-ended" | "approval-decided" }>;

/** Whether an event tells of a run of this chat that its page, whose last message has this metadata, does not know yet. */
export function isNews(event: FeedEvent, chatId: string, last: MessageMetadata | undefined): event is News {
  if (event.type !== "run-started" && event.type !== "run-ended" && event.type !== "approval-decided") return false;
  if (event.conversationId !== chatId) return false;
  // A run that waits for an approval is the last one known, and still things happen to it.
  const isWaiting = last?.status === "awaiting-approval" && !(event.type === "run-ended" && event.status === last.status);
  return isWaiting || event.runId !== last?.runId;
}
