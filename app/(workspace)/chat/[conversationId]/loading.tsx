import { ConversationSkeleton } from "@/components/chat/conversation-skeleton";

/** Stands in while a conversation loads. */
export default function Loading() {
  return <ConversationSkeleton />;
}
