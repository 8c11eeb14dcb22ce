import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { estimateTools, promptSize } from "../prompt-size";
import { estimateTokensOfChars } from "../token-estimate";
import type { CallSize } from "./hold";

/** How large a call is. The estimate is made when somebody asks: most installations have no limits. */
export function callSize(modelId: string, { prompt, tools, maxOutputTokens }: LanguageModelV4CallOptions): CallSize {
  return {
    maxOutputTokens,
    inputTokens() {
      const { chars, fileTokens } = promptSize(prompt);
      return estimateTokensOfChars(chars, modelId) + fileTokens + estimateTools(tools, modelId);
    },
  };
}
