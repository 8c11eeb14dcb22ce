import type { ModelMessage, ToolModelMessage } from "ai";
import { continueRequest } from "./instructions";
import { tokensPerMessage } from "./window";

type ToolPart = ToolModelMessage["content"][number];
type ToolResult = Extract<ToolPart, { type: "tool-result" }>;
type CountTokens = (text: string) => number;

/** What stands in place of an older result that had to go. */
export const leftOutResult = "(Left out to save room. Call the tool again if you need it.)";

/** The messages of one call of the model, and what had to go. */
export type Fitted = { messages: ModelMessage[]; shortenedResults: number; leftOutMessages: number };

/**
 * Makes a run's messages fit, which grow with each round of tools. First the results of earlier rounds go, oldest first;
 * then the oldest messages before the question; then the last results are cut. The question and the run's own calls
 * stay: the host says plainly when even those are too long.
 * @param freeTokens what the messages may take: the context without instructions, tools and room for the reply
 */
export function fitMessages(all: ModelMessage[], freeTokens: number, countTokens: CountTokens): Fitted {
  const messages = [...all];
  const sizeOf = (message: ModelMessage) => countTokens(writtenForm(message)) + tokensPerMessage;
  let used = messages.reduce((sum, message) => sum + sizeOf(message), 0);
  const fitted: Fitted = { messages, shortenedResults: 0, leftOutMessages: 0 };
  const shorten = (index: number, maxChars: number) => {
    const message = messages[index];
    if (message?.role !== "tool") return;
    const shorter = { ...message, content: message.content.map((part) => shortened(part, maxChars)) };
    fitted.shortenedResults += shorter.content.filter((part, place) => part !== message.content[place]).length;
    used += sizeOf(shorter) - sizeOf(message);
    messages[index] = shorter;
  };

  const lastRound = messages.findLastIndex(({ role }) => role === "tool");
  for (let index = 0; index < lastRound && used > freeTokens; index++) shorten(index, 0);
  const before = used > freeTokens ? countBefore(messages, used - freeTokens, sizeOf) : 0;
  for (const message of messages.splice(0, before)) used -= sizeOf(message);
  fitted.leftOutMessages = before;
  const last = messages.at(-1);
  if (used > freeTokens && last?.role === "tool")
    shorten(messages.length - 1, roomForEach(last, sizeOf(last) - (used - freeTokens), sizeOf));
  return fitted;
}

/** How many of the oldest messages have to go, so that what is left begins with one of the user's; never the question. */
function countBefore(messages: ModelMessage[], excessTokens: number, sizeOf: (message: ModelMessage) => number): number {
  const question = messages.findLastIndex(({ role, content }) => role === "user" && content !== continueRequest);
  let first = 0;
  for (let excess = excessTokens; first < question && (excess > 0 || messages[first]?.role !== "user"); first++)
    excess -= sizeOf(messages[first] as ModelMessage);
  return first;
}

/** Characters that each of a message's results may have when the message may take so many tokens, by its own tokens a character. */
function roomForEach(message: ToolModelMessage, tokens: number, sizeOf: (message: ModelMessage) => number): number {
  const chars = writtenForm(message).length;
  return Math.max(100, Math.floor((0.9 * chars * tokens) / sizeOf(message) / message.content.length) - leftOutResult.length);
}

/** A result cut to so many characters, with a word that it was; itself when that would save nothing. */
function shortened(part: ToolPart, maxChars: number): ToolPart {
  if (part.type !== "tool-result") return part;
  const text = textOf(part.output);
  if (text.length <= maxChars + leftOutResult.length) return part;
  return { ...part, output: { type: "text", value: maxChars > 0 ? `${text.slice(0, maxChars)}… (cut to save room)` : leftOutResult } };
}

function textOf(output: ToolResult["output"]): string {
  return output.type === "text" || output.type === "error-text" ? output.value : JSON.stringify("value" in output ? output.value : output);
}

/** Everything of a message that a model reads, as one text. */
function writtenForm({ content }: ModelMessage): string {
  if (typeof content === "string") return content;
  return content
    .map((part) => {
      if (part.type === "text") return part.text;
      if (part.type === "tool-call") return `${part.toolName} ${JSON.stringify(part.input)}`;
      return part.type === "tool-result" ? textOf(part.output) : "";
    })
    .join("\n");
}
