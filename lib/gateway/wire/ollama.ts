import { errorWords, fieldsOf, isText, listOf, type WireFormat } from "./wire-format";

/** Ollama's /api/chat: https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion */
export const ollamaWire: WireFormat = {
  contentType: /^application\/(x-ndjson|json)\b/i,
  framing: "lines",
  read(json) {
    const { error, message, done } = fieldsOf(json);
    if (error) return { error: errorWords(error) };
    const { content, thinking, tool_calls } = fieldsOf(message ?? {});
    const hasTools = listOf(tool_calls).length > 0;
    return {
      hasContent: isText(content) || isText(thinking) || hasTools,
      isEnd: done === true,
      isLast: done === true,
      isWords: isText(content) && !isText(thinking) && !hasTools && done !== true,
    };
  },
  join(earlier, later) {
    (earlier as Line).message.content += (later as Line).message.content;
    return true;
  },
};

/** A line that is all words. */
type Line = { message: { content: string } };
