import { expect, test } from "vitest";
import { reconcileMessages } from "@/components/chat/reconcile-messages";
import type { HearthMessage } from "@/lib/chat/ui-message";

const message = (id: string, text: string, siblings = [id]): HearthMessage => ({
  id,
  role: "assistant",
  parts: [{ type: "text", text, state: "done" }],
  metadata: { conversationId: "c", parentId: null, siblings, status: "complete", createdAt: "2026-01-01T00:00:00.000Z" },
});

test("messages that did not change stay the same objects, so that they do not render again", () => {
  const shown = [message("a", "one"), message("b", "two")];
  const after = reconcileMessages(shown, structuredClone(shown));
  expect(after[0]).toBe(shown[0]);
  expect(after[1]).toBe(shown[1]);
});

test("a changed text, a new version and a new message are taken from the server", () => {
  const shown = [message("a", "one"), message("b", "two"), message("gone", "x")];
  const stored = [message("a", "one", ["a", "a2"]), message("b", "two and more"), message("c", "three")];
  expect(reconcileMessages(shown, stored)).toEqual(stored);
  expect(reconcileMessages(shown, stored)[0]?.metadata?.siblings).toEqual(["a", "a2"]);
});
