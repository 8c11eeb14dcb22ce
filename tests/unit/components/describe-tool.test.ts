import { expect, test } from "vitest";
import { editableText, readEdited } from "@/components/chat/approvals/editable-text";
import { inFull, inLine } from "@/components/chat/describe-tool";

const command = { command: "ls\npwd" };
const output = { terminal: "Agent", exitStatus: 0, output: "a.txt\nb.txt" };

test("what a tool gave is read as text: a lone field by itself, several one below the other, with their lines", () => {
  expect(inFull("as it is")).toBe("as it is");
  expect(inFull(command)).toBe("ls\npwd");
  expect(inFull(output)).toBe("terminal: Agent\nexitStatus: 0\noutput:\na.txt\nb.txt");
  expect(inFull({ found: [1], of: null })).toBe('{\n  "found": [\n    1\n  ],\n  "of": null\n}');
  expect(inFull({ of: null, count: 2 })).toBe("of: null\ncount: 2");
  expect([inFull({}), inFull([1]), inFull(undefined)]).toEqual(["{}", "[\n  1\n]", ""]);
  expect(inLine(output)).toBe("terminal: Agent, exitStatus: 0, output: a.txt b.txt");
});

test("an input is edited as its lone text, else as JSON, and read back as it was meant", () => {
  expect(editableText(command)).toBe("ls\npwd");
  expect(readEdited("pwd", command)).toEqual({ command: "pwd" });
  const two = { path: "a", lines: 3 };
  expect(readEdited(editableText(two), two)).toEqual(two);
  expect([readEdited("[1]", two), readEdited("{", two)]).toEqual([null, null]);
});
