import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { promptSize } from "../prompt-size";
import { estimateTokens, estimateTokensOfChars } from "../token-estimate";
import type { CallSize } from "./hold";

/** How large a call is. The estimate is made when somebody asks: most installations have no limits. */
export function callSize(modelId: string, { prompt, tools, maxOutputTokens }: LanguageModelV4CallOptions): CallSize {
  return {
    maxOutputTokens,
    inputTokens() {
      const forTools = tools?.length ? estimateTokens(JSON.stringify(tools), modelId) : 0;
      return estimateTokensOfChars(promptSize(prompt).chars, modelId) + forTools;
    },
  };
}
