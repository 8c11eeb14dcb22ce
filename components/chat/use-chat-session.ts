import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { useChatEvents } from "@/components/workspace/chat-events";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { ChatSession } from "./chat-session";
import type { Queue } from "./use-queue";

/** Keeps a conversation's session for as long as the component lives; its chat id must not change meanwhile. */
export function useChatSession(chatId: string, messages: HearthMessage[], queue: Queue, sendNext: (session: ChatSession) => void) {
  const [session] = useState(() => new ChatSession(chatId, messages));
  const { store } = session;
  const shown = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
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
    const reconnect = () => session.store.status === "lost" && session.reconnectNow();
    window.addEventListener("online", reconnect);
    return () => {
      window.removeEventListener("online", reconnect);
      session.close();
    };
  }, [session]);
  return { session, ...shown, isBusy: shown.status === "submitted" || shown.status === "streaming" };
}
