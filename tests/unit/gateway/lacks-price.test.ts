import { expect, test } from "vitest";
import { lacksPrice } from "@/lib/gateway/lacks-price";

const pricing = { inputUsdPerMTok: 0, outputUsdPerMTok: 0 };

test("a model that somebody else runs lacks a price until one is known; one of one's own costs nothing", () => {
  expect([lacksPrice({ id: "vllm/a" }), lacksPrice({ id: "openai/unheard-of" })]).toEqual([true, true]);
  expect([lacksPrice({ id: "ollama/a:latest" }), lacksPrice({ id: "local/a" })]).toEqual([false, false]);
  // That it costs nothing is a price too.
  expect(lacksPrice({ id: "vllm/a", pricing })).toBe(false);
});
