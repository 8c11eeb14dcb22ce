import type { LanguageModelV4CallOptions, LanguageModelV4FilePart, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { weighedChars } from "./token-estimate";

/** What a large image takes of Anthropic's models; OpenAI's figures lie below: https://docs.claude.com/en/docs/build-with-claude/vision */
export const tokensOfImage = 1_600;
/** Another file is taken for text of its size, but a film is not: no more than a book. */
const mostTokensOfFile = 100_000;
const bytesPerToken = 4;

/**
 * How much text a prompt holds, in weighed characters, whether text is all it holds, and what its images and other files
 * take at most, in tokens.
 */
export function promptSize(prompt: LanguageModelV4Prompt): { chars: number; isTextOnly: boolean; fileTokens: number } {
  let chars = 0;
  let isTextOnly = true;
  let fileTokens = 0;
  for (const { content } of prompt) {
    if (typeof content === "string") chars += weighedChars(content);
    else {
      for (const part of content) {
        if (part.type === "text" || part.type === "reasoning") chars += weighedChars(part.text);
        else if (part.type === "tool-call") chars += weighedChars(JSON.stringify(part.input ?? ""));
        else if (part.type === "tool-result") chars += weighedChars(JSON.stringify(part.output));
        else isTextOnly = false;
        if (part.type === "file") fileTokens += tokensOfFile(part);
      }
    }
  }
  return { chars, isTextOnly, fileTokens };
}

/** How much text the descriptions of a call's tools are, in weighed characters: hosts count them as a part of the prompt. */
export function toolChars(tools: LanguageModelV4CallOptions["tools"]): number {
  return tools?.length ? weighedChars(JSON.stringify(tools)) : 0;
}

/** A file of which only the address is known is taken for an image. */
function tokensOfFile({ mediaType, data }: LanguageModelV4FilePart): number {
  if (mediaType.startsWith("image") || data.type === "url" || data.type === "reference") return tokensOfImage;
  return Math.min(mostTokensOfFile, Math.ceil(sizeOf(data) / bytesPerToken));
}

/** In bytes; what is no bytes is base64, which writes three of them as four characters. */
function sizeOf(file: Extract<LanguageModelV4FilePart["data"], { type: "data" | "text" }>): number {
  if (file.type === "text") return file.text.length;
  return typeof file.data === "string" ? (file.data.length * 3) / 4 : file.data.byteLength;
}
