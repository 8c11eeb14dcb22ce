"use client";

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from "react";
import type { ChatEvent } from "@/lib/chat/page-contract";
import { openEventFeed } from "./event-feed";

/** What happens in the reader's chats. `connected`: events may have been missed since the page was made or the connection lost; look again. */
export type FeedEvent = ChatEvent | { type: "connected" };
type Listener = (event: FeedEvent) => void;

const FeedContext = createContext<Set<Listener> | null>(null);

/** Follows the reader's chats for as long as the page is visible, for everyone below. */
export function ChatEventsProvider({ children }: { children: ReactNode }) {
  const [listeners] = useState(() => new Set<Listener>());
  useEffect(() => openEventFeed((event) => listeners.forEach((listener) => void listener(event))), [listeners]);
  return <FeedContext value={listeners}>{children}</FeedContext>;
}

/** Calls `listener` for each event, with whatever it closes over now. */
export function useChatEvents(listener: Listener): void {
  const listeners = useContext(FeedContext);
  const call = useEffectEvent(listener);
  useEffect(() => {
    const subscribed: Listener = (event) => call(event);
    listeners?.add(subscribed);
    return () => void listeners?.delete(subscribed);
  }, [listeners]);
}
