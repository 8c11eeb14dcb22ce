import type { FeedEvent } from "@/components/workspace/chat-events";
import type { Conversation } from "@/lib/chat/shapes";

/** The sidebar's list: what is loaded, newest first, and where the next page starts (null: all is loaded). */
export type ConversationsState = { items: Conversation[]; nextCursor: string | null };

/** A page of the list; `meanwhile` is what happened while it was on its way, and may not be in it yet. */
type PageChange = ConversationsState & { type: "page" | "first-page"; meanwhile?: ListChange[] };

type EndedRun = Extract<FeedEvent, { type: "run-ended" }>;

export type ListChange = FeedEvent | PageChange;

/** The list after a change. Anything that a page and an event both name is kept once. */
export function changeConversations(state: ConversationsState, change: ListChange): ConversationsState {
  switch (change.type) {
    case "page":
    case "first-page":
      return (change.meanwhile ?? []).reduce(changeConversations, withPage(state, change));
    case "conversation":
      return {
        ...state,
        items: change.conversation.archived
          ? without(state.items, change.conversation.id)
          : merged(without(state.items, change.conversation.id), [change.conversation]),
      };
    case "conversation-deleted":
      return { ...state, items: without(state.items, change.conversationId) };
    case "run-started":
      return { ...state, items: changed(state.items, change.conversationId, { activeRunId: change.runId, waitingRunId: null }) };
    case "run-ended":
      return { ...state, items: withEndedRun(state.items, change) };
    default:
      return state;
  }
}

function withPage(state: ConversationsState, { type, items, nextCursor }: PageChange): ConversationsState {
  return type === "page" ? { items: merged(state.items, items), nextCursor } : withFirstPage(state, { items, nextCursor });
}

/** A fresh first page replaces everything it covers; older pages stay, so that the reader's place is kept. */
function withFirstPage(state: ConversationsState, page: ConversationsState): ConversationsState {
  const last = page.items.at(-1);
  if (page.nextCursor === null || !last) return page;
  const older = state.items.filter((item) => item.updatedAt < last.updatedAt);
  return older.length === 0 ? page : { items: merged(page.items, older), nextCursor: state.nextCursor };
}

function merged(items: Conversation[], more: Conversation[]): Conversation[] {
  const byId = new Map([...items, ...more].map((item) => [item.id, item]));
  return [...byId.values()].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}

const without = (items: Conversation[], id: string) => items.filter((item) => item.id !== id);

function changed(items: Conversation[], id: string, changes: Partial<Conversation>): Conversation[] {
  return items.map((item) => (item.id === id ? { ...item, ...changes } : item));
}

/** Another run may have begun meanwhile, which goes on. One that waits for an approval has ended and waits. */
function withEndedRun(items: Conversation[], { conversationId, runId, status }: EndedRun): Conversation[] {
  return items.map((item) => {
    if (item.id !== conversationId) return item;
    const activeRunId = item.activeRunId === runId ? null : item.activeRunId;
    if (status === "awaiting-approval") return { ...item, activeRunId, waitingRunId: activeRunId ? item.waitingRunId : runId };
    return { ...item, activeRunId, waitingRunId: item.waitingRunId === runId ? null : item.waitingRunId };
  });
}
