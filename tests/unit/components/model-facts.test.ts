import { describe, expect, test } from "vitest";
import { describeContext, describePrice, describeSince, healthOf, searchModels } from "@/components/models/model-facts";
import type { Model } from "@/lib/gateway/contract";

const model = (id: string, states: ("up" | "down" | "unknown")[] = ["up"], more: Partial<Model> = {}): Model => ({
  id,
  name: id.split("/")[1] ?? id,
  upstreams: states.map((state, index) => ({ name: `host-${index}`, state, loaded: false })),
  capabilities: { tools: false, vision: false, thinking: false, embedding: false, json: false },
  contextLength: null,
  ...more,
});

describe("a model is as healthy as its best host", () => {
  test.each([
    [["down", "up"], "up"],
    [["down", "unknown"], "unknown"],
    [["down", "down"], "down"],
    [[], "down"],
  ] as const)("%j is %s", (states, expected) => expect(healthOf(model("a/b", [...states]))).toBe(expected));
});

test("a search finds by every word, in name, host and ability", () => {
  const models = [
    model("ollama/llama3.2:3b"),
    model("openai/gpt-5", ["up"], { capabilities: { tools: true, vision: true, thinking: false, embedding: false, json: true } }),
  ];
  expect(searchModels(models, "LLAMA").map(({ id }) => id)).toEqual(["ollama/llama3.2:3b"]);
  expect(searchModels(models, "gpt vision").map(({ id }) => id)).toEqual(["openai/gpt-5"]);
  expect(searchModels(models, "llama vision")).toEqual([]);
  expect(searchModels(models, " ")).toHaveLength(2);
});

test("context lengths read as people write them", () => {
  expect([2048, 8192, 131_072, 200_000, 1_000_000, 512, null].map(describeContext)).toEqual([
    "2K context",
    "8K context",
    "128K context",
    "200K context",
    "1M context",
    "512 context",
    null,
  ]);
});

test("a price of nothing is free, and no price says nothing", () => {
  expect(describePrice(model("a/b", ["up"], { pricing: { inputUsdPerMTok: 0, outputUsdPerMTok: 0 } }))).toBe("Free");
  expect(describePrice(model("a/b"))).toBeNull();
});

test("how long a host has been down is said in one unit", () => {
  const now = new Date("2026-11-21T12:00:00Z");
  const ago = (minutes: number) => describeSince(new Date(now.getTime() - minutes * 60_000).toISOString(), now);
  expect(ago(0)).toContain("(less than a minute)");
  expect(ago(1)).toContain("(1 minute)");
  expect(ago(59)).toContain("(59 minutes)");
  expect(ago(180)).toContain("(3 hours)");
  expect(ago(60 * 72)).toContain("(3 days)");
  expect(describeSince(null, now)).toBe("");
});
