import { describe, expect, test } from "vitest";
import { type ConversationsState, changeConversations } from "@/components/sidebar/conversations-state";
import type { Conversation } from "@/lib/chat/shapes";

const chat = (id: string, minute: number, more: Partial<Conversation> = {}): Conversation => ({
  id,
  title: `Chat ${id}`,
  model: null,
  pinned: false,
  archived: false,
  folderId: null,
  tags: [],
  activeRunId: null,
  waitingRunId: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`,
  ...more,
});
const ids = (state: ConversationsState) => state.items.map((item) => item.id);

test("a chat that is used again moves to the top and is listed once", () => {
  const state = { items: [chat("b", 2), chat("a", 1)], nextCursor: null };
  expect(ids(changeConversations(state, { type: "conversation", conversation: chat("a", 3) }))).toEqual(["a", "b"]);
});

test("a page that overlaps with what events brought lists nothing twice", () => {
  const state = { items: [chat("c", 3), chat("b", 2)], nextCursor: "next" };
  const after = changeConversations(state, { type: "page", items: [chat("b", 2), chat("a", 1)], nextCursor: null });
  expect(ids(after)).toEqual(["c", "b", "a"]);
  expect(after.nextCursor).toBeNull();
});

test("a fresh first page drops what was deleted elsewhere and keeps the older pages that were loaded", () => {
  const state = { items: [chat("d", 4), chat("c", 3), chat("b", 2), chat("a", 1)], nextCursor: "after-a" };
  const after = changeConversations(state, { type: "first-page", items: [chat("e", 5), chat("c", 3)], nextCursor: "after-c" });
  expect(ids(after)).toEqual(["e", "c", "b", "a"]);
  expect(after.nextCursor).toBe("after-a");
});

test("what happened while a page was on its way holds, though the page does not know of it", () => {
  const state = { items: [chat("b", 2), chat("a", 1)], nextCursor: null };
  const meanwhile = [
    { type: "conversation", conversation: chat("c", 3) },
    { type: "run-started", conversationId: "c", runId: "run-1" },
    { type: "conversation-deleted", conversationId: "a" },
  ] as const;
  const after = changeConversations(state, { type: "first-page", ...state, meanwhile: [...meanwhile] });
  expect(ids(after)).toEqual(["c", "b"]);
  expect(after.items[0]?.activeRunId).toBe("run-1");
});

describe("the mark of a running reply", () => {
  const state = { items: [chat("a", 1)], nextCursor: null };
  const started = changeConversations(state, { type: "run-started", conversationId: "a", runId: "run-2" });

  test("shows from the start of the run to its end", () => {
    expect(started.items[0]?.activeRunId).toBe("run-2");
    expect(
      changeConversations(started, { type: "run-ended", conversationId: "a", runId: "run-2", status: "complete" }).items[0]?.activeRunId,
    ).toBeNull();
  });

  test("is not taken away by the late end of an earlier run", () => {
    expect(
      changeConversations(started, { type: "run-ended", conversationId: "a", runId: "run-1", status: "complete" }).items[0]?.activeRunId,
    ).toBe("run-2");
  });
});

test("an archived chat leaves the list", () => {
  const state = { items: [chat("a", 1)], nextCursor: null };
  expect(ids(changeConversations(state, { type: "conversation", conversation: chat("a", 2, { archived: true }) }))).toEqual([]);
});
