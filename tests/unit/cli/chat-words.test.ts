import { expect, test } from "vitest";
import { readChatLine } from "../../../cli/reply/chat-words";

test.each([
  ["Hello", { kind: "message", text: "Hello" }],
  ["  ", { kind: "nothing" }],
  ["/new", { kind: "new" }],
  ["/exit", { kind: "leave" }],
  ["/model ollama/a", { kind: "model", model: "ollama/a" }],
  ["/model", { kind: "model", model: undefined }],
  ["/usr/bin is a folder", { kind: "message", text: "/usr/bin is a folder" }],
  ["//new", { kind: "message", text: "/new" }],
])("%j", (line, meant) => {
  expect(readChatLine(line)).toEqual(meant);
});

test("a word that is none is not sent to the model, and says which there are", () => {
  expect(readChatLine("/modle a")).toMatchObject({ kind: "say", text: expect.stringMatching(/no \/modle.*\/model <id>/) });
});
