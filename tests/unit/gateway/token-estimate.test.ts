import { expect, test } from "vitest";
import { contextTokensOf } from "@/lib/gateway/context-tokens";
import { estimateTokens, learnTokens } from "@/lib/gateway/token-estimate";

test("an unknown model's tokens are estimated at four characters each, and a wide character as one token", () => {
  expect(estimateTokens("a".repeat(400), "ollama/new")).toBe(100);
  expect(estimateTokens("漢字漢字", "ollama/new")).toBe(4);
  expect(estimateTokens("", "ollama/new")).toBe(0);
});

test("one strange figure moves the estimate a little, and none leaves the sane range", () => {
  learnTokens("ollama/strange", 1_000_000, 1);
  expect(estimateTokens("a".repeat(440), "ollama/strange")).toBe(100);
  for (let call = 0; call < 100; call++) learnTokens("ollama/strange", 1, 1_000_000);
  expect(estimateTokens("a".repeat(150), "ollama/strange")).toBeLessThanOrEqual(100);
});

test("models learn apart from each other", () => {
  for (let call = 0; call < 20; call++) learnTokens("ollama/one", 200, 100);
  expect(estimateTokens("a".repeat(400), "ollama/one")).toBeGreaterThan(180);
  expect(estimateTokens("a".repeat(400), "ollama/other")).toBe(100);
});

test("an Ollama model's context is capped, a hosted one's is not", () => {
  expect(contextTokensOf("ollama/llama3.2:3b", 131_072)).toBe(8_192);
  expect(contextTokensOf("ollama/small", 2_048)).toBe(2_048);
  expect(contextTokensOf("openai/gpt-4.1", 1_047_576)).toBe(1_047_576);
  expect(contextTokensOf("vllm/unknown", null)).toBe(8_192);
});
