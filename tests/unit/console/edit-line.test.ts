import { describe, expect, test } from "vitest";
import { edit, emptyLine, insert, type Line } from "../../../components/console/edit-line";
import { type KeyName, readKeys } from "../../../components/console/line-keys";
import { walkHistory } from "../../../components/console/walk-history";

/** The line with `|` where the cursor stands. */
const shown = ({ text, at }: Line) => `${text.slice(0, at)}|${text.slice(at)}`;
const lineOf = (marked: string): Line => ({ text: marked.replace("|", ""), at: marked.indexOf("|"), cut: "" });

describe("a key edits the line", () => {
  test.each<[KeyName, string, string]>([
    ["left", "ab|", "a|b"],
    ["left", "|ab", "|ab"],
    ["left", "a👨‍👩‍👧|b", "a|👨‍👩‍👧b"],
    ["right", "|e\u0301b", "e\u0301|b"],
    ["right", "ab|", "ab|"],
    ["word-left", "one two |", "one |two "],
    ["word-right", "one| two three", "one two| three"],
    ["home", "ab|c", "|abc"],
    ["end", "a|bc", "abc|"],
    ["backspace", "日本|語", "日|語"],
    ["backspace", "a👍🏽|", "a|"],
    ["backspace", "|a", "|a"],
    ["delete", "a|👍🏽b", "a|b"],
    ["kill-word", "one two  |three", "one |three"],
    ["kill-to-start", "one |two", "|two"],
    ["kill-to-end", "one |two", "one |"],
    ["up", "one |two", "one |two"],
  ])("%s: %s becomes %s", (key, before, after) => {
    expect(shown(edit(lineOf(before), key))).toBe(after);
  });

  test("and what was cut can be put back", () => {
    const cut = edit(edit(lineOf("one two|"), "kill-word"), "home");
    expect(shown(edit(cut, "yank"))).toBe("two|one ");
    expect(shown(edit(edit(cut, "backspace"), "yank"))).toBe("two|one ");
  });

  test("text comes where the cursor stands", () => expect(shown(insert(lineOf("a|c"), "b"))).toBe("ab|c"));
  test("an empty line stays one", () => {
    for (const key of ["left", "right", "backspace", "delete", "kill-word", "word-right"] as const)
      expect(edit(emptyLine, key)).toEqual(emptyLine);
  });
});

describe("what a terminal sends", () => {
  test("is text and keys, in order", () => {
    expect(readKeys("ab\x1b[D\x17é\r")).toEqual([
      { kind: "text", text: "ab" },
      { kind: "key", name: "left" },
      { kind: "key", name: "kill-word" },
      { kind: "text", text: "é" },
      { kind: "key", name: "enter" },
    ]);
  });

  test("is text when it was pasted, and no Enter, whatever it holds", () => {
    expect(readKeys("\x1b[200~a\r\nb\rc\x03\td\x1b[201~")).toEqual([{ kind: "text", text: "a\nb\nc  d" }]);
  });

  test("is left out where no key is known by it", () =>
    expect(readKeys("a\x1b[15~\x1b[Z\x1bxb\x00")).toEqual(readKeys("a\x1b[Z").concat(readKeys("b"))));
});

test("history goes back and forth, and ends with what was being written", () => {
  const { older, newer } = walkHistory(["second", "first"]);
  expect([older("draft"), older("second"), older("first"), newer("first"), newer("second"), newer("draft")]).toEqual([
    "second",
    "first",
    undefined,
    "second",
    "draft",
    undefined,
  ]);
});
