import { expect, test } from "vitest";
import { ollamaWire } from "@/lib/gateway/wire/ollama";
import { openaiWire } from "@/lib/gateway/wire/openai";

const chunk = (delta: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ choices: [{ index: 0, delta, ...more }] });

test.each([
  chunk({ content: "a" }),
  chunk({ role: "assistant", content: "a" }, { finish_reason: null, logprobs: null }),
  chunk({ content: "a", tool_calls: null, reasoning: null, refusal: "" }),
])("%# a chunk that carries words alone may be joined", (json) => {
  expect(openaiWire.read(json).isWords).toBe(true);
});

test.each([
  chunk({ content: "" }),
  chunk({ reasoning: "a" }),
  chunk({ content: "a", reasoning_content: "b" }),
  chunk({ content: "a", tool_calls: [{ index: 0 }] }),
  chunk({ content: "a" }, { finish_reason: "stop" }),
  chunk({ content: "a" }, { logprobs: { content: [] } }),
  { ...chunk({ content: "a" }), usage: { prompt_tokens: 1 } },
  { choices: [], usage: {} },
])("%# a chunk that carries anything else may not", (json) => {
  expect(openaiWire.read(json).isWords).toBe(false);
});

test("chunks are joined to the first, unless they are of different choices", () => {
  const first = chunk({ role: "assistant", content: "Hel" });
  expect(openaiWire.join?.(first, chunk({ content: "lo" }))).toBe(true);
  expect(first).toEqual(chunk({ role: "assistant", content: "Hello" }));
  expect(openaiWire.join?.(first, { choices: [{ index: 1, delta: { content: "no" } }] })).toBe(false);
  expect(first).toEqual(chunk({ role: "assistant", content: "Hello" }));
});

test("Ollama's lines are joined while they are words", () => {
  const first = { message: { role: "assistant", content: "Hel" }, done: false };
  expect(ollamaWire.read(first).isWords).toBe(true);
  expect(ollamaWire.join?.(first, { message: { content: "lo" }, done: false })).toBe(true);
  expect(first.message.content).toBe("Hello");
  for (const other of [{ message: { content: "", thinking: "a" } }, { message: { content: "a", tool_calls: [{}] } }, { done: true }])
    expect(ollamaWire.read(other).isWords).toBe(false);
});
