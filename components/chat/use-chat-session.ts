import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { toast } from "sonner";
import { useChatEvents } from "@/components/workspace/chat-events";
import { useWorkspace } from "@/components/workspace/workspace-context";
import type { OpenedConversation } from "@/lib/chat/page-contract";
import { ChatSession } from "./chat-session";
import { isBusyStatus } from "./chat-store";
import { hasQueue, type Queue } from "./use-queue";

type Told = { queue: Queue; sendNext: (session: ChatSession) => void; onStored?: () => void };

/**
 * Keeps a conversation's session for as long as the component lives; its chat id must not change meanwhile.
 * `onStored` is told whenever the server is known to have the chat.
 */
export function useChatSession(chatId: string, opened: OpenedConversation | null, { queue, sendNext, onStored: onChatStored }: Told) {
  const { user } = useWorkspace();
  const [session] = useState(() => new ChatSession(chatId, opened?.messages ?? [], opened !== null || hasQueue(user.id, chatId)));
  const { store } = session;
  const shown = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const onReplyEnd = useEffectEvent((status: string) => {
    if (status === "complete") sendNext(session);
  });
  const onUnsent = useEffectEvent(queue.addFirst);
  const onStored = useEffectEvent((ids: string[]) => {
    queue.drop(ids);
    onChatStored?.();
  });
  useChatEvents((event) => session.hear(event));
  useEffect(() => {
    session.events = {
      onReplyEnd: (status) => onReplyEnd(status),
      onUnsent: (message) => onUnsent(message),
      onStored: (ids) => onStored(ids),
      onProblem: (message) => toast.error(message),
    };
    session.open();
    const reconnect = () => session.store.status === "lost" && session.reconnectNow();
    const keepPending = () => session.keepPending();
    window.addEventListener("online", reconnect);
    window.addEventListener("pagehide", keepPending);
    return () => {
      window.removeEventListener("pagehide", keepPending);
      window.removeEventListener("online", reconnect);
      session.close();
    };
  }, [session]);
  return { session, ...shown, isBusy: isBusyStatus(shown.status) };
}
