import { expect, test } from "vitest";
import { composeMessage } from "../../../cli/reply/compose-message";

test("a question alone is sent as it is, and a text alone too", () => {
  expect(composeMessage(" Why? ", [])).toBe("Why?");
  expect(composeMessage("", [{ text: "piped\n" }])).toBe("piped\n");
});

test("the question comes first, then each text in a fence, under its name if it has one", () => {
  expect(composeMessage("Compare", [{ text: "a\n" }, { name: "b.txt", text: "b" }])).toBe("Compare\n\n```\na\n```\n\nb.txt:\n```\nb\n```");
});

test("a fence is longer than any in the text, so that the text cannot end it", () => {
  expect(composeMessage("", [{ name: "x.md", text: "````js\n1\n````" }])).toBe("x.md:\n`````\n````js\n1\n````\n`````");
});

test("colours, control characters and halves of characters are left out, which the API would refuse", () => {
  expect(composeMessage("", [{ text: "\u001b[31mred\u001b[0m\u0007\tand\ud800\n" }])).toBe("red\tand\ufffd\n");
});

test("empty texts are none", () => {
  expect(composeMessage("", [{ text: " \n" }, { name: "empty", text: "" }])).toBe("");
});
