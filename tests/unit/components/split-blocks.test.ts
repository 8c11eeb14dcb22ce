import { describe, expect, test } from "vitest";
import { isFenceClosed, splitBlocks } from "@/components/markdown/split-blocks";

const reply = "# Title\n\nA paragraph.\n\n- one\n- two\n\n```js\nlet a;\n\nlet b;\n```\n\n|a|\n|-|\n|1|\n\nThe end.";

const sourcesOf = (text: string, isStreaming: boolean) => (splitBlocks(text, isStreaming) ?? []).map(({ source }) => source);

test("a growing text changes only its last block, so that the others need not render again", () => {
  let before: string[] = [];
  for (let length = 1; length <= reply.length; length += 1) {
    const blocks = sourcesOf(reply.slice(0, length), true);
    if (blocks.length > before.length && before.length > 0) expect(blocks.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = blocks;
  }
  expect(before.map((block) => block.trim())).toEqual(sourcesOf(reply, false).map((block) => block.trim()));
});

test("blocks put together again are the whole text", () => {
  expect(sourcesOf(reply, false).join("").replaceAll(/\s/g, "")).toBe(reply.replaceAll(/\s/g, ""));
});

test("an empty line within code does not end the block", () => {
  expect(sourcesOf(reply, false).filter((block) => block.includes("let"))).toHaveLength(1);
});

test("a block is lexed with the definitions it refers to and no others, however many there are", () => {
  const text = `See [one] and [Two  words][].\n\nNothing here.\n\n[one]: https://a.example\n[two words]: https://b.example\n${"[other]: x\n".repeat(400)}`;
  const pieces = splitBlocks(text, false) ?? [];
  expect(pieces.map(({ definitions }) => definitions)).toEqual(["[one]: https://a.example\n[two words]: https://b.example\n", ""]);
});

test("a text of more than 100,000 characters, or of more than 3,000 blocks, is not cut at all", () => {
  expect(splitBlocks("word ".repeat(20_001), false)).toBeNull();
  expect(splitBlocks("a\n\n".repeat(3_001), false)).toBeNull();
  expect(splitBlocks("a\n\n".repeat(2_999), false)).toHaveLength(2_999);
});

describe("whether a code block is whole", () => {
  test.each([
    ["```js\ncode\n```", true],
    ["```js\ncode\n```\n", true],
    ["```js\ncode", false],
    ["```", false],
    ["````\n```\ncode", false],
    ["````\n```\n````", true],
    ["~~~\ncode\n~~~", true],
    ["    indented", true],
  ])("%j: %s", (block, expected) => expect(isFenceClosed(block)).toBe(expected));
});
