import { getToolName, isToolUIPart, type UIMessage } from "ai";

/** Tokens that the roles and separators of one message take in a chat template. */
export const tokensPerMessage = 6;

/** Of the model's context, what is kept free for the reply when nobody set a limit. */
const replyShare = 0.25;
const maxReplyReserveTokens = 2_048;

/** What of a call's context is taken before any message: the instructions, the tools as the model is told of them, the reply. */
export type FixedPart = { contextTokens: number; instructions: string; tools?: string; maxReplyTokens?: number };

/** Tokens that a call's messages may take, all of them together. */
export function freeTokensOf(fixed: FixedPart, countTokens: (text: string) => number): number {
  const { contextTokens, instructions, tools = "", maxReplyTokens = maxReplyReserveTokens } = fixed;
  const reserve = Math.min(maxReplyTokens, Math.floor(contextTokens * replyShare));
  return contextTokens - reserve - countTokens(instructions) - countTokens(tools) - tokensPerMessage;
}

/**
 * Chooses what the model sees: the newest messages that fit, starting with one of the user's.
 *
 * The newest user message is always in, and what follows it: the host then says plainly when even that is too long.
 * @param countTokens estimates the tokens of a text
 * @returns the messages, oldest first, and how many older ones are left out
 */
export function chooseWindow(
  history: UIMessage[],
  fixed: FixedPart,
  countTokens: (text: string) => number,
): { messages: UIMessage[]; leftOut: number } {
  const question = history.findLastIndex((message) => message.role === "user");
  let freeTokens = freeTokensOf(fixed, countTokens);
  let first = history.length;
  while (first > 0) {
    const message = history[first - 1] as UIMessage;
    freeTokens -= countTokens(writtenForm(message)) + tokensPerMessage;
    if (freeTokens < 0 && first - 1 < question) break;
    first -= 1;
  }
  while (first < question && history[first]?.role !== "user") first += 1;
  return { messages: history.slice(first), leftOut: first };
}

/** Everything of a message that a model reads, as one text. Reasoning is not sent back. */
export function writtenForm(message: UIMessage): string {
  return message.parts
    .map((part) => {
      if (part.type === "text") return part.text;
      if (!isToolUIPart(part)) return "";
      return `${getToolName(part)} ${JSON.stringify(part.input)} ${JSON.stringify(part.state === "output-available" ? part.output : part.errorText)}`;
    })
    .join("\n");
}
