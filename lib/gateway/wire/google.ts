import { errorWords, fieldsOf, isText, listOf, type WireFormat } from "./wire-format";

/** Gemini's streamGenerateContent: https://ai.google.dev/api/generate-content */
export const googleWire: WireFormat = {
  contentType: /^text\/event-stream\b/i,
  framing: "events",
  read(json) {
    const { error, candidates, promptFeedback } = fieldsOf(json);
    if (error) return { error: errorWords(error) };
    const { blockReason } = fieldsOf(promptFeedback ?? {});
    const [candidate] = listOf(candidates);
    const { parts } = fieldsOf(candidate?.content ?? {});
    return { hasContent: listOf(parts).some((part) => part.text !== ""), isEnd: isText(candidate?.finishReason ?? blockReason) };
  },
};
