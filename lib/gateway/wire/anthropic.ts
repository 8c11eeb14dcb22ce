import { errorWords, fieldsOf, type WireFormat } from "./wire-format";

/** Messages: https://docs.anthropic.com/en/api/messages-streaming */
export const anthropicWire: WireFormat = {
  contentType: /^text\/event-stream\b/i,
  framing: "events",
  read(json) {
    const { type, error, delta, content_block } = fieldsOf(json);
    if (type === "error" || error) return { error: errorWords(error) };
    const { type: kind } = fieldsOf(content_block ?? delta ?? {});
    // A block of text starts empty and counts with its first delta; any other kind is content in itself.
    const startsContent = type === "content_block_start" && kind !== "text" && kind !== "thinking";
    const isEnd = type === "message_stop";
    return { hasContent: startsContent || type === "content_block_delta", isEnd, isLast: isEnd };
  },
};
