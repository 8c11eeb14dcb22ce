import { fieldsOf, listOf, type WholeFormat } from "./wire-format";

/** A chat completion in one document: https://platform.openai.com/docs/api-reference/chat/object */
export const openaiWhole: WholeFormat = {
  request: ({ stream: _, stream_options: __, ...body }) => body,
  toEvent(document) {
    const choices = listOf(document.choices);
    if (choices.length === 0) throw new Error("no choices");
    return { ...document, object: "chat.completion.chunk", choices: choices.map(toChunkChoice) };
  },
};

function toChunkChoice({ message, ...choice }: Record<string, unknown>) {
  const { tool_calls, ...words } = fieldsOf(message);
  const calls = listOf(tool_calls).map((call, index) => ({ index, ...call }));
  return { ...choice, delta: { ...words, ...(calls.length > 0 && { tool_calls: calls }) } };
}
