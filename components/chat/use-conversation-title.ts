import { useEffect, useState } from "react";
import { useChatEvents } from "@/components/workspace/chat-events";

/** A chat's title, also as the window's, following what the model or a person calls it later. */
export function useConversationTitle(chatId: string, initial: string): string {
  const [title, setTitle] = useState(initial);
  useChatEvents((event) => {
    if (event.type === "conversation" && event.conversation.id === chatId) setTitle(event.conversation.title);
  });
  useEffect(() => {
    document.title = `${title} · Hearth`;
  }, [title]);
  return title;
}
