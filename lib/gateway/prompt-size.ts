import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { weighedChars } from "./token-estimate";

/** How much text a prompt holds, in weighed characters, and whether text is all it holds. */
export function promptSize(prompt: LanguageModelV4Prompt): { chars: number; isTextOnly: boolean } {
  let chars = 0;
  let isTextOnly = true;
  for (const { content } of prompt) {
    if (typeof content === "string") chars += weighedChars(content);
    else {
      for (const part of content) {
        if (part.type === "text" || part.type === "reasoning") chars += weighedChars(part.text);
        else if (part.type === "tool-call") chars += weighedChars(JSON.stringify(part.input ?? ""));
        else if (part.type === "tool-result") chars += weighedChars(JSON.stringify(part.output));
        else isTextOnly = false;
      }
    }
  }
  return { chars, isTextOnly };
}
