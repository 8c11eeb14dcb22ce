import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { promptSize, toolChars } from "../prompt-size";
import { estimateTokensOfChars } from "../token-estimate";
import type { CallSize } from "./hold";

/** How large a call is. The estimate is made when somebody asks: most installations have no limits. */
export function callSize({ prompt, tools, maxOutputTokens }: LanguageModelV4CallOptions): CallSize {
  return {
    maxOutputTokens,
    inputTokens(modelId) {
      const { chars, fileTokens } = promptSize(prompt);
      return estimateTokensOfChars(chars + toolChars(tools), modelId) + fileTokens;
    },
  };
}
