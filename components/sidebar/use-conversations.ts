import { useCallback, useReducer, useRef } from "react";
import { api } from "@/components/api/api";
import { useChatEvents } from "@/components/workspace/chat-events";
import type { listConversations } from "@/lib/chat/contract";
import { type ConversationsState, changeConversations, type ListChange } from "./conversations-state";

const pageSize = 50;

/** The reader's conversations, kept up to date; `loadMore` gets the next page when there is one. */
export function useConversations(initial: ConversationsState) {
  const [state, dispatch] = useReducer(changeConversations, initial);
  const isLoading = useRef(false);
  const onTheirWay = useRef(new Set<ListChange[]>());

  const change = useCallback((next: ListChange) => {
    for (const meanwhile of onTheirWay.current) meanwhile.push(next);
    dispatch(next);
  }, []);
  const load = useCallback(async (type: "page" | "first-page", cursor?: string) => {
    const meanwhile: ListChange[] = [];
    onTheirWay.current.add(meanwhile);
    try {
      dispatch({ type, ...(await fetchPage(cursor)), meanwhile });
    } finally {
      onTheirWay.current.delete(meanwhile);
    }
  }, []);
  const refresh = useCallback(() => load("first-page").catch(() => undefined), [load]);
  const loadMore = useCallback(
    async (cursor: string) => {
      if (isLoading.current) return;
      isLoading.current = true;
      await load("page", cursor).finally(() => {
        isLoading.current = false;
      });
    },
    [load],
  );

  useChatEvents((event) => {
    change(event);
    if (event.type === "connected") void refresh();
  });
  return { ...state, change, refresh, loadMore };
}

function fetchPage(cursor?: string) {
  return api<typeof listConversations>("GET", "/api/v1/conversations", { query: { limit: pageSize, cursor } });
}
