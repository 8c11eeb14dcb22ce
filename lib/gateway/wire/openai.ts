import { errorWords, fieldsOf, isText, listOf, type WireFormat } from "./wire-format";

/** Chat completions: https://platform.openai.com/docs/api-reference/chat-streaming */
export const openaiWire: WireFormat = {
  contentType: /^text\/event-stream\b/i,
  framing: "events",
  endText: "[DONE]",
  read(json) {
    const event = fieldsOf(json);
    if (event.error) return { error: errorWords(event.error) };
    const [choice] = listOf(event.choices);
    const delta = fieldsOf(choice?.delta ?? {});
    const texts = [delta.content, delta.reasoning_content, delta.reasoning, delta.refusal];
    return {
      hasContent: texts.some(isText) || listOf(delta.tool_calls).length > 0,
      isEnd: isText(choice?.finish_reason),
      isWords: isText(delta.content) && isAlone(delta, "content", "role") && isAlone(choice ?? {}, "delta", "index") && !event.usage,
    };
  },
  join(earlier, later) {
    const [into, from] = [earlier, later].map((json) => (json as Chunk).choices[0]);
    if (!into || !from || into.index !== from.index) return false;
    into.delta.content += from.delta.content;
    return true;
  },
};

/** A chunk that is all words. */
type Chunk = { choices: { index?: number; delta: { content: string } }[] };

/** Whether only these fields say something. Hosts send the others as null, or empty. */
function isAlone(fields: Record<string, unknown>, ...names: string[]): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (value !== null && value !== undefined && value !== "" && !names.includes(name)) return false;
  }
  return true;
}
