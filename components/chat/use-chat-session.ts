import { useChat } from "@ai-sdk/react";
import { useEffect, useEffectEvent, useState } from "react";
import { toast } from "sonner";
import { useChatEvents } from "@/components/workspace/chat-events";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { ChatSession } from "./chat-session";
import type { Queue } from "./use-queue";

/** React renders at most this often while a reply streams: two frames. */
const throttleMs = 32;

/** Keeps a conversation's session for as long as the component lives; its chat id must not change meanwhile. */
export function useChatSession(chatId: string, messages: HearthMessage[], queue: Queue, sendNext: (session: ChatSession) => void) {
  const [session] = useState(() => new ChatSession(chatId, messages));
  const chat = useChat<HearthMessage>({ chat: session.chat, throttle: throttleMs });
  const onReplyEnd = useEffectEvent((status: string) => {
    if (status === "complete") sendNext(session);
  });
  const onUnsent = useEffectEvent(queue.addFirst);
  useChatEvents((event) => session.hear(event));
  useEffect(() => {
    session.events = {
      onReplyEnd: (status) => onReplyEnd(status),
      onUnsent: (message) => onUnsent(message),
      onProblem: (message) => toast.error(message),
    };
    session.open();
    const reconnect = () => session.chat.status === "error" && session.reconnectNow();
    window.addEventListener("online", reconnect);
    return () => {
      window.removeEventListener("online", reconnect);
      session.close();
    };
  }, [session]);
  return { session, messages: chat.messages, status: chat.status, isBusy: chat.status === "submitted" || chat.status === "streaming" };
}
