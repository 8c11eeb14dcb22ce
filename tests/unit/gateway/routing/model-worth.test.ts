import { expect, test } from "vitest";
import { modelWorth } from "@/lib/gateway/routing/model-worth";

test.each([
  ["llama3.2:3b", 3],
  ["smollm2:135m", 0.135],
  ["mixtral:8x7b", 56],
  ["qwen3:30b-a3b", 30],
  ["phi4", undefined],
  ["gpt-4o", undefined],
])("the size of %s is %s billion parameters", (name, billions) => {
  expect(modelWorth(name).billions).toBe(billions);
});

test.each([
  ["gpt-5", "gpt-5-mini", "gpt-5-nano"],
  ["claude-opus-4-1", "claude-sonnet-4-5", "claude-haiku-4-5"],
  ["llama3.3:70b", "qwen2.5:14b", "llama3.1:8b", "llama3.2:3b", "llama3.2:1b", "smollm2:135m"],
  ["gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite"],
])("of one family, more is better: %s, %s, %s", (...names) => {
  const qualities = names.map((name) => modelWorth(name).quality);
  expect(qualities).toEqual(qualities.toSorted((a, b) => b - a));
  expect(new Set(qualities).size).toBe(names.length);
});

test("models made for code and those that reason are known by their names, and no others", () => {
  expect(["qwen2.5-coder:7b", "codestral:22b", "deepseek-coder-v2:16b"].every((name) => modelWorth(name).isForCode)).toBe(true);
  expect(["deepseek-r1:8b", "qwq:32b", "o3-mini", "phi4-reasoning:14b"].every((name) => modelWorth(name).isReasoner)).toBe(true);
  const plain = ["llama3.2:3b", "foo3:7b", "command-r7b", "decoder:1b"].map(modelWorth);
  expect(plain.some(({ isForCode, isReasoner }) => isForCode || isReasoner)).toBe(false);
});
