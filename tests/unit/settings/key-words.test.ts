import { expect, test } from "vitest";
import { describeCache, describeDay, describeLimits } from "@/components/settings/key-words";

const free = { models: null, upstreams: null, limits: null, budgets: [] };

test("a key without limits has none to tell", () => {
  expect(describeLimits(free)).toEqual([]);
});

test("every kind of limit is told, in few words", () => {
  expect(
    describeLimits({
      models: ["ollama/a:1b", "openai/*"],
      upstreams: ["gpu-box", "other"],
      limits: { requestsPerMinute: 1, tokensPerMinute: 20_000, parallel: 2 },
      budgets: [
        { period: "month", limitUsd: 5, limitTokens: null, hard: true },
        { period: "day", limitUsd: null, limitTokens: 1_000, hard: false },
      ],
    }),
  ).toEqual([
    "only ollama/a:1b, openai/*, gpu-box and 1 more",
    "1 request a minute",
    "20,000 tokens a minute",
    "2 at once",
    "$5 a month",
    "1,000 tokens a day (warns only)",
  ]);
});

test("how a key uses the cache is told where somebody chose it", () => {
  expect(describeCache({ cache: "deterministic", similarity: null })).toBeNull();
  expect(describeCache({ cache: "similar", similarity: null })).toBe("to similar questions too");
  expect(describeCache({ cache: "similar", similarity: 0.9 })).toBe("to similar questions too, from a likeness of 0.9");
  expect(describeCache({ cache: "off", similarity: 0.9 })).toBe("never");
});

test("a day is the same for server and browser, whatever their zones", () => {
  expect(describeDay(new Date("2027-03-03T23:59:00Z"))).toBe("3 Mar 2027");
});
