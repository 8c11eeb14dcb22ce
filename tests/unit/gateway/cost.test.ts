import { expect, test } from "vitest";
import { knownModel } from "@/lib/gateway/catalogue/known-models";
import { costUsd, findPrice } from "@/lib/gateway/cost";
import prices from "@/lib/gateway/prices.json";

test("every price list carries its source and its date, and no price is negative", () => {
  for (const { source, date, models } of Object.values(prices.lists)) {
    expect(source).toMatch(/^https:\/\//);
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const price of Object.values(models)) for (const usd of Object.values(price)) expect(usd).toBeGreaterThanOrEqual(0);
  }
});

test("a dated version of a model costs what the model does", () => {
  expect(findPrice("openai/gpt-5-2025-08-07")).toEqual(findPrice("openai/gpt-5"));
  expect(findPrice("anthropic/claude-sonnet-4-5-20250929")).toEqual(findPrice("anthropic/claude-sonnet-4-5"));
});

test("a model of one's own, and one without a listed price, costs nothing", () => {
  const tokens = { inputTokens: 1_000, outputTokens: 1_000, cachedTokens: 0 };
  expect([costUsd("ollama/gpt-5", tokens), costUsd("local/smollm", tokens), costUsd("openai/unheard-of", tokens)]).toEqual([0, 0, 0]);
});

test("of a model that nobody knows nothing is claimed", () => {
  expect(knownModel("vllm", "someone/model")).toEqual({
    capabilities: { tools: false, vision: false, thinking: false, embedding: false, json: false },
    contextLength: null,
  });
  expect(knownModel("openai", "text-embedding-3-small").capabilities).toMatchObject({ embedding: true, tools: false });
  expect(knownModel("openai", "gpt-4o-mini")).toMatchObject({
    capabilities: { tools: true, vision: true, thinking: false },
    contextLength: 128_000,
  });
});
