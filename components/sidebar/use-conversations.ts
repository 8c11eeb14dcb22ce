import { useCallback, useReducer, useRef } from "react";
import { api } from "@/components/api/api";
import { useChatEvents } from "@/components/workspace/chat-events";
import type { listConversations } from "@/lib/chat/contract";
import { type ConversationsState, changeConversations } from "./conversations-state";

const pageSize = 50;

/** The reader's conversations, kept up to date; `loadMore` gets the next page when there is one. */
export function useConversations(initial: ConversationsState) {
  const [state, change] = useReducer(changeConversations, initial);
  const isLoading = useRef(false);

  const refresh = useCallback(async () => {
    const page = await fetchPage().catch(() => null);
    if (page) change({ type: "first-page", ...page });
  }, []);
  const loadMore = useCallback(async (cursor: string) => {
    if (isLoading.current) return;
    isLoading.current = true;
    try {
      change({ type: "page", ...(await fetchPage(cursor)) });
    } finally {
      isLoading.current = false;
    }
  }, []);

  useChatEvents((event) => {
    change(event);
    if (event.type === "connected") void refresh();
  });
  return { ...state, change, refresh, loadMore };
}

function fetchPage(cursor?: string) {
  return api<typeof listConversations>("GET", "/api/v1/conversations", { query: { limit: pageSize, cursor } });
}
