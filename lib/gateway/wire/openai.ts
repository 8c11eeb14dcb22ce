import { openaiWhole } from "./openai-whole";
import { errorWords, fieldsOf, firstOf, isText, type WireFormat } from "./wire-format";

/** Chat completions: https://platform.openai.com/docs/api-reference/chat-streaming */
export const openaiWire: WireFormat = {
  contentType: /^text\/event-stream\b/i,
  framing: "events",
  endText: "[DONE]",
  read(json) {
    const event = fieldsOf(json);
    if (event.error) return { error: errorWords(event.error) };
    const choice = firstOf(event.choices);
    const delta = fieldsOf(choice?.delta ?? nothing);
    const hasText = isText(delta.content);
    const hasThought = isText(delta.reasoning_content) || isText(delta.reasoning) || isText(delta.refusal);
    return {
      hasContent: hasText || hasThought || firstOf(delta.tool_calls) !== undefined,
      isEnd: isText(choice?.finish_reason),
      isWords: hasText && isAlone(delta, ofWords) && isAlone(choice ?? nothing, ofChoices) && !event.usage,
    };
  },
  join(earlier, later) {
    const [into, from] = [earlier, later].map((json) => (json as Chunk).choices[0]);
    if (!into || !from || into.index !== from.index) return false;
    into.delta.content += from.delta.content;
    return true;
  },
  whole: openaiWhole,
};

const nothing = {};
const ofWords = new Set(["content", "role"]);
const ofChoices = new Set(["delta", "index"]);

/** A chunk that is all words. */
type Chunk = { choices: { index?: number; delta: { content: string } }[] };

/** Whether only these fields say something. Hosts send the others as null, or empty. */
function isAlone(fields: Record<string, unknown>, names: Set<string>): boolean {
  for (const name in fields) {
    const value = fields[name];
    if (value !== null && value !== undefined && value !== "" && !names.has(name)) return false;
  }
  return true;
}
