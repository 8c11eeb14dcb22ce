import { expect, test } from "vitest";
import { firstTitle } from "@/lib/chat/first-title";
import { cleanTitle } from "@/lib/chat/title-conversation";

test.each([
  ['"Planning a Trip to Rome."', "Planning a Trip to Rome"],
  ["Title: **Fix the build**", "Fix the build"],
  ["<think>hmm\nhmm</think>\nA short title\nand more", "A short title"],
  ["word ".repeat(30), ""],
  ["<think>Let me think of", ""],
  ["", ""],
])("a model's answer %j becomes the title %j", (answer, title) => {
  expect(cleanTitle(answer)).toBe(title);
});

test("the first title is the first line, cut at a word", () => {
  expect(firstTitle("  Hello   there \nsecond line")).toBe("Hello there");
  expect(firstTitle(`${"lorem ipsum ".repeat(9)}`)).toBe("lorem ipsum lorem ipsum lorem ipsum lorem ipsum lorem ipsum…");
  expect(firstTitle(`${"a".repeat(59)}😀😀`).isWellFormed()).toBe(true);
});
