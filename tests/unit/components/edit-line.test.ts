import { expect, test } from "vitest";
import { edited, keysOf, type Line, lineOf, placeAfter, withText } from "../../../components/console/edit-line";

const after = (text: string, ...keys: string[]) => {
  const line = keys.reduce<Line>((now, key) => edited(now, key) ?? withText(now, key), lineOf(text));
  return `${line.cells.slice(0, line.at).join("")}|${line.cells.slice(line.at).join("")}`;
};

test.each([
  ["Ctrl-A and typing", ["\x01", "x"], "x|one two"],
  ["Home, right and Ctrl-K", ["\x1b[H", "\x1b[C", "\x0b"], "o|"],
  ["left twice and Ctrl-U", ["\x1b[D", "\x1b[D", "\x15"], "|wo"],
  ["Ctrl-W", ["\x17"], "one |"],
  ["Ctrl-W twice", ["\x17", "\x17"], "|"],
  ["backspace and delete", ["\x1b[D", "\x7f", "\x1b[3~"], "one t|"],
  ["Ctrl-E after Ctrl-A", ["\x01", "\x05"], "one two|"],
])("%s", (_name, keys, expected) => {
  expect(after("one two", ...keys)).toBe(expected);
});

test("a character of several code points goes as one, and a pasted text of several lines becomes one line", () => {
  expect(after("a👩‍👩‍👧e\u0301", "\x7f", "\x7f")).toBe("a|");
  expect(after("", "one\r\ntwo\tthree\u001b[31m")).toBe("one two three[31m|");
});

test("what was typed is told key by key, a paste as one", () => {
  expect(keysOf("ab\x1b[D\r\x1b[200~x\ry\x1b[201~\x1b[3~")).toEqual(["ab", "\x1b[D", "\r", "\x1b[200~x\ry\x1b[201~", "\x1b[3~"]);
});

test("wide characters take two columns, and go to the next row when one column is left", () => {
  expect(placeAfter(lineOf("日本").cells, 10)).toEqual({ row: 0, column: 4 });
  expect(placeAfter(lineOf("a日").cells, 2)).toEqual({ row: 2, column: 0 });
  expect(placeAfter(lineOf("abcd").cells, 4)).toEqual({ row: 1, column: 0 });
});
