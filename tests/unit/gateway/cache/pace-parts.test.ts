import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { describe, expect, test } from "vitest";
import { compactParts } from "@/lib/gateway/cache/compact-parts";
import { paceParts } from "@/lib/gateway/cache/pace-parts";
import { randomFrom, randomText } from "@/tests/support/random-values";

const text = (delta: string): Part => ({ type: "text-delta", id: "0", delta });
const reply = (delta: string): Part[] => [
  { type: "stream-start", warnings: [] },
  { type: "text-start", id: "0" },
  text(delta),
  { type: "text-end", id: "0" },
];
const textOf = (parts: Part[]) => parts.map((part) => ("delta" in part ? part.delta : "")).join("");
const piecesOf = (delta: string) => paceParts(reply(delta)).filter(({ part }) => part.type === "text-delta");

describe("the pace of a kept answer", () => {
  test("loses nothing, begins at once, never goes back and ends within two seconds", () => {
    const random = randomFrom(2);
    for (let tried = 0; tried < 300; tried++) {
      const delta = randomText(random, tried * 20);
      const paced = paceParts(reply(delta));
      expect(textOf(paced.map(({ part }) => part))).toBe(delta);
      const others = paced.map(({ part }) => part.type).filter((type) => type !== "text-delta");
      expect(others).toEqual(["stream-start", "text-start", "text-end"]);
      const dues = paced.map(({ dueMs }) => dueMs);
      expect(dues).toEqual(dues.toSorted((a, b) => a - b));
      expect(piecesOf(delta)[0]?.dueMs ?? 0).toBe(0);
      expect(dues.at(-1)).toBeLessThanOrEqual(2_000);
    }
  });

  test("is about 300 tokens a second, in pieces that end with a word", () => {
    const paced = piecesOf("seven77 ".repeat(100));
    expect(paced.at(-1)?.dueMs).toBeGreaterThan(600);
    expect(paced.at(-1)?.dueMs).toBeLessThan(670);
    for (const { part } of paced) expect("delta" in part && part.delta.endsWith(" ")).toBe(true);
  });

  test("takes two seconds for a long one, in no more pieces than a display has frames", () => {
    const paced = piecesOf("word ".repeat(20_000));
    expect(paced.at(-1)?.dueMs).toBeGreaterThan(1_900);
    expect(paced.length).toBeLessThanOrEqual(126);
  });

  test("cuts no character in two, also in a text without spaces", () => {
    for (const { part } of piecesOf("😀".repeat(2_000))) expect("delta" in part && part.delta.isWellFormed()).toBe(true);
  });
});

test("a kept reply has each block's text in one piece, and other parts in their places", () => {
  const raw: Part = { type: "raw", rawValue: 1 };
  const signed: Part = { ...text("c"), providerMetadata: { a: { signature: "s" } } } as Part;
  expect(compactParts([text("a"), { type: "ping" }, text("b"), raw, text("b"), signed, { ...text("d"), id: "1" } as Part])).toEqual([
    text("ab"),
    raw,
    text("b"),
    signed,
    { ...text("d"), id: "1" },
  ]);
  const at: Part = { type: "response-metadata", id: "x", timestamp: new Date() };
  expect(compactParts([at])).toEqual([{ type: "response-metadata", id: "x" }]);
});
