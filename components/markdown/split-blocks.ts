import { Lexer } from "marked";
import remend from "remend";
import { dialect } from "./dialect";

/** A text cut into the pieces that render on their own, and the link definitions they may all refer to. */
export type MarkdownBlocks = { blocks: string[]; definitions: string };

/**
 * Cuts Markdown into blocks, so that of a growing text only the last one renders again.
 * While `isStreaming`, markup that is still open at the end is closed for the time being.
 */
export function splitBlocks(text: string, isStreaming: boolean): MarkdownBlocks {
  const tokens = new Lexer(dialect).blockTokens(text.replaceAll(/\r\n?/g, "\n"), []);
  const blocks: string[] = [];
  let definitions = "";
  for (const token of tokens) {
    if (token.type === "def") definitions += `${token.raw.trimEnd()}\n`;
    else if (token.type !== "space") blocks.push(token.raw);
  }
  const last = blocks.pop();
  if (last !== undefined) blocks.push(isStreaming && !isFenced(last) ? remend(last, { linkMode: "text-only", htmlTags: false }) : last);
  return { blocks, definitions };
}

const isFenced = (block: string) => /^ {0,3}(?:`{3,}|~{3,})/.test(block);

/** Whether a code block's closing fence has come. Indented code has none and counts as closed. */
export function isFenceClosed(block: string): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(block)?.[1];
  if (!fence) return true;
  const lastLine = block.trimEnd().split("\n").slice(1).at(-1)?.trim() ?? "";
  return lastLine.length >= fence.length && lastLine.replaceAll(fence.charAt(0), "") === "";
}
