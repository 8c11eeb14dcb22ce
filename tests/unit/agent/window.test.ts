import type { UIMessage } from "ai";
import { expect, test } from "vitest";
import { chooseWindow } from "@/lib/agent/window";

const message = (role: "user" | "assistant", words: number, id = ""): UIMessage => ({
  id,
  role,
  parts: [{ type: "text", text: "word ".repeat(words).trim() }],
});
const countWords = (text: string) => (text === "" ? 0 : text.split(/\s+/).length);
const limits = { contextTokens: 1_000, instructions: "", maxReplyTokens: 100 };

test("a conversation that fits is whole", () => {
  const history = [message("user", 10), message("assistant", 10), message("user", 10)];
  expect(chooseWindow(history, limits, countWords)).toEqual({ messages: history, leftOut: 0 });
});

test("the oldest messages go first, and the window starts with a user's message", () => {
  const history = [
    message("user", 400, "1"),
    message("assistant", 400, "2"),
    message("user", 300, "3"),
    message("assistant", 300, "4"),
    message("user", 50, "5"),
  ];
  const { messages, leftOut } = chooseWindow(history, limits, countWords);
  expect(messages.map(({ id }) => id)).toEqual(["3", "4", "5"]);
  expect(leftOut).toBe(2);
});

test("the window and the reply together never pass the context", () => {
  const history = Array.from({ length: 50 }, (_, index) => message(index % 2 === 0 ? "user" : "assistant", 37));
  const { messages } = chooseWindow(history.slice(0, 49), limits, countWords);
  const used = messages.reduce((sum, { parts }) => sum + countWords(parts[0]?.type === "text" ? parts[0].text : "") + 6, 0);
  expect(used).toBeLessThanOrEqual(900);
  expect(used).toBeGreaterThan(700);
});

test("the newest question is in even when it alone is too long, so that the host can say so", () => {
  const history = [message("user", 10), message("assistant", 10), message("user", 5_000, "long")];
  expect(chooseWindow(history, limits, countWords)).toMatchObject({ messages: [{ id: "long" }], leftOut: 2 });
});

test("a reply that is to go on stays with its question", () => {
  const history = [message("user", 900, "1"), message("assistant", 10), message("user", 600, "3"), message("assistant", 500, "4")];
  expect(chooseWindow(history, limits, countWords).messages.map(({ id }) => id)).toEqual(["3", "4"]);
});
