import { useEffect, useState } from "react";
import { useChatEvents } from "@/components/workspace/chat-events";

/** A chat's title, also as the window's, and whether the chat is deleted: followed, since a model or another device may change both. */
export function useConversationState(chatId: string, initial: string): { title: string; isDeleted: boolean } {
  const [title, setTitle] = useState(initial);
  const [isDeleted, setIsDeleted] = useState(false);
  useChatEvents((event) => {
    if (event.type === "conversation-deleted" && event.conversationId === chatId) setIsDeleted(true);
    if (event.type !== "conversation" || event.conversation.id !== chatId) return;
    setTitle(event.conversation.title);
    setIsDeleted(false);
  });
  useEffect(() => {
    document.title = `${title} · Hearth`;
  }, [title]);
  return { title, isDeleted };
}
