import { describe, expect, test } from "vitest";
import { isFenceClosed, splitBlocks } from "@/components/markdown/split-blocks";

const reply = "# Title\n\nA paragraph.\n\n- one\n- two\n\n```js\nlet a;\n\nlet b;\n```\n\n|a|\n|-|\n|1|\n\nThe end.";

test("a growing text changes only its last block, so that the others need not render again", () => {
  let before: string[] = [];
  for (let length = 1; length <= reply.length; length += 1) {
    const { blocks } = splitBlocks(reply.slice(0, length), true);
    if (blocks.length > before.length && before.length > 0) expect(blocks.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = blocks;
  }
  expect(before.map((block) => block.trim())).toEqual(splitBlocks(reply, false).blocks.map((block) => block.trim()));
});

test("blocks put together again are the whole text", () => {
  expect(splitBlocks(reply, false).blocks.join("").replaceAll(/\s/g, "")).toBe(reply.replaceAll(/\s/g, ""));
});

test("an empty line within code does not end the block", () => {
  expect(splitBlocks(reply, false).blocks.filter((block) => block.includes("let"))).toHaveLength(1);
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
