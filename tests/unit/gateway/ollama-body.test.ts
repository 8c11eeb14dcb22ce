import { expect, test } from "vitest";
import { ollamaBody } from "@/lib/gateway/providers/ollama-body";

test("a prompt that is too long must fail, not lose its beginning", () => {
  expect(ollamaBody({ messages: [] })).toMatchObject({ truncate: false, shift: false });
});

test("settings that Ollama would ignore do not travel", () => {
  expect(ollamaBody({ model: "m", messages: [], temperature: 1, top_p: 1, max_output_tokens: 1, tool_choice: "auto" })).toEqual({
    model: "m",
    messages: [],
    truncate: false,
    shift: false,
  });
});

test("a tool's result names the tool that was called", () => {
  const { messages } = ollamaBody({
    messages: [
      { role: "assistant", content: "", tool_calls: [{ id: "a", function: { name: "clock", arguments: {} } }] },
      { role: "tool", tool_call_id: "a", content: "12:00" },
    ],
  });
  expect(messages).toMatchObject([{}, { role: "tool", tool_name: "clock", content: "12:00" }]);
});
