import type { Token, Tokens } from "marked";
import remend from "remend";
import { BoundedLexer } from "./bounded-lexer";
import { definitionsFor } from "./definitions-for";

/** A piece of a text that renders on its own, and the link definitions it refers to. */
export type MarkdownPiece = { source: string; definitions: string };

/** More than this is no reply that anybody reads, but would hold up the page and the server that renders it. */
const maxChars = 100_000;
const maxBlocks = 3_000;
/** Characters outside of code that can each make an element: cells of tables, lines of lists, emphasis. */
const maxSigns = 12_000;
/** Up to this length an open end is closed while a text grows, in characters. */
const maxMendChars = 12_000;

/**
 * Cuts Markdown into blocks, so that of a growing text only the last one renders again.
 * While `isStreaming`, markup that is still open at the end is closed for the time being.
 * @returns null for a text that is too long, or has too many parts, to be shown as more than plain text
 */
export function splitBlocks(text: string, isStreaming: boolean): MarkdownPiece[] | null {
  if (text.length > maxChars) return null;
  const tokens = new BoundedLexer().blockTokens(text.replaceAll(/\r\n?/g, "\n"), []);
  const blocks = tokens.filter(({ type }) => type !== "space" && type !== "def").map(({ raw }) => raw);
  if (blocks.length > maxBlocks || signsIn(blocks) > maxSigns) return null;
  const last = blocks.pop();
  if (last !== undefined) blocks.push(isStreaming ? mended(last) : last);
  const find = definitionsFor(tokens.filter(isDefinition));
  return blocks.map((source) => ({ source, definitions: find(source) }));
}

const isDefinition = (token: Token): token is Tokens.Def => token.type === "def";
const isFenced = (block: string) => /^ {0,3}(?:`{3,}|~{3,})/.test(block);

function signsIn(blocks: string[]): number {
  return blocks.reduce((count, block) => (isFenced(block) ? count : count + block.split(/[\n|*_~`[$<]/).length - 1), 0);
}

function mended(block: string): string {
  return isFenced(block) || block.length > maxMendChars ? block : remend(block, { linkMode: "text-only", htmlTags: false });
}

/** Whether a code block's closing fence has come. Indented code has none and counts as closed. */
export function isFenceClosed(block: string): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(block)?.[1];
  if (!fence) return true;
  const lastLine = block.trimEnd().split("\n").slice(1).at(-1)?.trim() ?? "";
  return lastLine.length >= fence.length && lastLine.replaceAll(fence.charAt(0), "") === "";
}
