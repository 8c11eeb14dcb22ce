import { errorWords, fieldsOf, isText, listOf, type WireFormat } from "./wire-format";

/** Chat completions: https://platform.openai.com/docs/api-reference/chat-streaming */
export const openaiWire: WireFormat = {
  contentType: /^text\/event-stream\b/i,
  framing: "events",
  endText: "[DONE]",
  read(json) {
    const { error, choices } = fieldsOf(json);
    if (error) return { error: errorWords(error) };
    const [choice] = listOf(choices);
    const delta = fieldsOf(choice?.delta ?? {});
    const texts = [delta.content, delta.reasoning_content, delta.reasoning, delta.refusal];
    return {
      hasContent: texts.some(isText) || listOf(delta.tool_calls).length > 0,
      isEnd: isText(choice?.finish_reason),
    };
  },
};
