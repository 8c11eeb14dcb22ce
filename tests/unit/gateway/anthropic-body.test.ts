import { expect, test } from "vitest";
import { withinLimit } from "@/lib/gateway/providers/anthropic-body";

/** A body as the provider package makes it: the thinking comes on top of a limit. */
const bodyOf = (limit: number, budget: number) => ({ max_tokens: limit + budget, thinking: { type: "enabled", budget_tokens: budget } });

test("thinking is a part of the reply that a call is held to, and leaves room for words", () => {
  expect(withinLimit(bodyOf(4_096, 38_400), 4_096)).toEqual({ max_tokens: 4_096, thinking: { type: "enabled", budget_tokens: 2_048 } });
  expect(withinLimit(bodyOf(8_000, 2_000), 8_000)).toEqual({ max_tokens: 8_000, thinking: { type: "enabled", budget_tokens: 2_000 } });
  expect(withinLimit(bodyOf(1_500, 9_000), 1_500)).toEqual({ max_tokens: 1_500, thinking: { type: "enabled", budget_tokens: 1_024 } });
  expect(withinLimit(bodyOf(500, 9_000), 500)).toEqual({ max_tokens: 500, thinking: { type: "disabled" } });
});

test("a limit above the model's own stays at that", () => {
  const capped = { max_tokens: 32_000, thinking: { type: "enabled", budget_tokens: 19_200 } };
  expect(withinLimit(capped, 64_000)).toEqual({ max_tokens: 32_000, thinking: { type: "enabled", budget_tokens: 16_000 } });
});

test("a call that does not think by a budget stays as it is", () => {
  const body = { max_tokens: 500, thinking: { type: "adaptive" } };
  expect(withinLimit(body, 500)).toBe(body);
});
