import { expect, test } from "vitest";
import { toTurns } from "@/lib/gateway/embedded/to-turns";

test("a chat keeps its order; reasoning is left out", () => {
  const { turns, warnings } = toTurns([
    { role: "system", content: "Be brief." },
    {
      role: "user",
      content: [
        { type: "text", text: "Hi" },
        { type: "text", text: "there" },
      ],
    },
    {
      role: "assistant",
      content: [
        { type: "reasoning", text: "hm" },
        { type: "text", text: "Hello" },
      ],
    },
  ]);
  expect(turns).toEqual([
    { role: "system", text: "Be brief." },
    { role: "user", text: "Hi\n\nthere" },
    { role: "assistant", text: "Hello" },
  ]);
  expect(warnings).toEqual([]);
});

test("what a tool found, asked for by another model, is kept as text", () => {
  const { turns } = toTurns([
    { role: "user", content: [{ type: "text", text: "6 times 7?" }] },
    { role: "assistant", content: [{ type: "tool-call", toolCallId: "1", toolName: "calculator", input: {} }] },
    {
      role: "tool",
      content: [{ type: "tool-result", toolCallId: "1", toolName: "calculator", output: { type: "json", value: { result: 42 } } }],
    },
    { role: "user", content: [{ type: "text", text: "Thanks" }] },
  ]);
  expect(turns).toEqual([
    { role: "user", text: "6 times 7?" },
    { role: "assistant", text: "" },
    { role: "user", text: 'Result of calculator: {"result":42}\n\nThanks' },
  ]);
});

test("a text file is read, any other is named in a warning", () => {
  const { turns, warnings } = toTurns([
    {
      role: "user",
      content: [
        { type: "file", mediaType: "text/plain", data: { type: "text", text: "notes" } },
        { type: "file", mediaType: "application/pdf", data: { type: "data", data: "aGk=" } },
      ],
    },
  ]);
  expect(turns).toEqual([{ role: "user", text: "notes" }]);
  expect(warnings).toMatchObject([{ type: "unsupported", feature: "files of type application/pdf" }]);
});
