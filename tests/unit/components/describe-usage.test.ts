import { expect, test } from "vitest";
import { describeUsage } from "@/components/chat/describe-usage";

const usage = { inputTokens: 1200, outputTokens: 101, costUsd: 0, durationMs: 2_500, timeToFirstTokenMs: 500 };
const texts = (more: Partial<Parameters<typeof describeUsage>[0]> = {}) => describeUsage({ ...usage, ...more }).map((fact) => fact.text);

test("the rate counts what was written after the first token", () => {
  expect(texts()).toEqual(["101 tokens", "500 ms to first token", "50 tokens/s"]);
  // Tools that ran between two calls took the rest of the time.
  expect(texts({ writingMs: 1_000 })).toContain("100 tokens/s");
  expect(texts({ outputTokens: 2_469 })).toEqual(["2,469 tokens", "500 ms to first token", "1,234 tokens/s"]);
});

test("a cost shows when there is one, however small", () => {
  expect(texts({ costUsd: 0.00012 })).toContain("$0.00012");
  expect(texts({ costUsd: 1.5 })).toContain("$1.500");
});

test("a reply without any time or tokens makes no rate", () => {
  expect(texts({ durationMs: 0, timeToFirstTokenMs: 0, outputTokens: 1 })).toEqual(["1 token"]);
});

test("a kept answer says so, and no rate, which would be no model's", () => {
  const texts = describeUsage({ ...usage, cache: "hit" }).map((fact) => fact.text);
  expect(texts).toEqual(["from cache", "101 tokens", "500 ms to first token"]);
});

test("counts that are estimates say so", () => {
  const [tokens] = describeUsage({ ...usage, tokensEstimated: true });
  expect(tokens).toMatchObject({ text: "about 101 tokens", title: expect.stringContaining("about 1,200 in, about 101 out. Estimated") });
});
