"use client";

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from "react";
import type { ChatEvent } from "@/lib/chat/page-contract";
import { openFeed } from "./open-feed";

/** What happens in the reader's chats. `connected`: events may have been missed since the page was made or the connection lost; look again. */
export type FeedEvent = ChatEvent | { type: "connected" };
type Listener = (event: FeedEvent) => void;

type Feed = { listeners: Set<Listener>; isConnected: boolean };

const FeedContext = createContext<Feed | null>(null);

/** Follows the reader's chats for as long as the page is visible, for everyone below. */
export function ChatEventsProvider({ children }: { children: ReactNode }) {
  const [feed] = useState((): Feed => ({ listeners: new Set(), isConnected: false }));
  useEffect(() => {
    const tell = (event: FeedEvent) => {
      for (const listener of feed.listeners) listener(event);
    };
    return openFeed<ChatEvent>("/api/chat/events", {
      onMessage: tell,
      onConnected(isConnected) {
        feed.isConnected ||= isConnected;
        if (isConnected) tell({ type: "connected" });
      },
    });
  }, [feed]);
  return <FeedContext value={feed}>{children}</FeedContext>;
}

/** Calls `listener` for each event, with whatever it closes over now. One that comes late is told to look again, for what it missed. */
export function useChatEvents(listener: Listener): void {
  const feed = useContext(FeedContext);
  const call = useEffectEvent(listener);
  useEffect(() => {
    const subscribed: Listener = (event) => call(event);
    feed?.listeners.add(subscribed);
    if (feed?.isConnected) subscribed({ type: "connected" });
    return () => void feed?.listeners.delete(subscribed);
  }, [feed]);
}
