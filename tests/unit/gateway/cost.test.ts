import { afterEach, describe, expect, test } from "vitest";
import { clearProcessGlobal, processGlobal } from "@/lib/core/process-global";
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

test("a version with a price of its own does not cost what its alias does", () => {
  expect(findPrice("openai/gpt-4o-2024-05-13")).toMatchObject({ inputUsdPerMTok: 5, outputUsdPerMTok: 15 });
  expect(findPrice("openai/gpt-4o-2024-08-06")).toEqual(findPrice("openai/gpt-4o"));
});

test("cached tokens have a price of their own, below that of fresh ones, wherever the provider gives one", () => {
  const without = Object.entries(prices.lists).flatMap(([provider, { models }]) =>
    Object.entries(models).flatMap(([name, price]) => {
      const { inputUsdPerMTok, cachedInputUsdPerMTok } = { cachedInputUsdPerMTok: undefined, ...price };
      if (cachedInputUsdPerMTok !== undefined) expect(cachedInputUsdPerMTok, name).toBeLessThan(inputUsdPerMTok);
      return cachedInputUsdPerMTok === undefined ? [`${provider}/${name}`] : [];
    }),
  );
  const embeddings = ["openai/text-embedding-3-large", "openai/text-embedding-3-small"];
  expect(without).toEqual(["openai/gpt-5.5-pro", "openai/gpt-5.4-pro", "openai/gpt-4o-2024-05-13", ...embeddings]);
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

describe("prices that an admin set", () => {
  const nothing = { inputUsdPerMTok: null, outputUsdPerMTok: null, cachedInputUsdPerMTok: null, usdPerHour: null };
  const set = (modelId: string, given: object) => {
    clearProcessGlobal("gateway-model-settings");
    const rows = new Map([[modelId, { modelId, ...nothing, ...given }]]);
    processGlobal("gateway-model-settings", () => ({ rows, loadedAt: Date.now() }));
  };
  afterEach(() => clearProcessGlobal("gateway-model-settings"));
  const tokens = { inputTokens: 1_000_000, outputTokens: 1_000_000, cachedTokens: 500_000 };

  test("stand before the list, field by field", () => {
    set("openai/gpt-5.4", { outputUsdPerMTok: 1 });
    expect(costUsd("openai/gpt-5.4", tokens)).toBeCloseTo(0.5 * 2.5 + 0.5 * 0.25 + 1, 9);
  });

  test("for input hold for cached tokens too, unless these have a price of their own", () => {
    set("openai/gpt-5.4", { inputUsdPerMTok: 2 });
    expect(costUsd("openai/gpt-5.4", tokens)).toBeCloseTo(2 + 15, 9);
    set("openai/gpt-5.4", { inputUsdPerMTok: 2, cachedInputUsdPerMTok: 1 });
    expect(costUsd("openai/gpt-5.4", tokens)).toBeCloseTo(1.5 + 15, 9);
  });

  test("for an hour count by how long the model worked", () => {
    set("ollama/own:latest", { usdPerHour: 1.8 });
    expect(costUsd("ollama/own:latest", tokens, 2_000)).toBeCloseTo(0.001, 9);
  });
});

test("reasoning is among the output tokens and is not paid twice", () => {
  const tokens = { inputTokens: 0, outputTokens: 1_000_000, cachedTokens: 0, reasoningTokens: 900_000 };
  expect(costUsd("openai/gpt-5.4", tokens)).toBe(15);
});
