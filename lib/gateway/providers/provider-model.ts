import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { contextTokensOf } from "../context-tokens";
import type { HostModel } from "../gateway-state";
import { anthropicModel } from "./anthropic";
import { embeddedModel } from "./embedded";
import { googleModel } from "./google";
import { ollamaModel } from "./ollama";
import { openaiModel } from "./openai";
import { openaiCompatibleModel } from "./openai-compatible";

/** The provider package's model for one attempt. `known` is what the host's last check told of it. */
export function providerModel(attempt: Attempt, known: HostModel | undefined): LanguageModelV4 {
  const { upstream, modelId } = attempt.target;
  switch (upstream.kind) {
    case "ollama":
      return ollamaModel(attempt, {
        contextTokens: contextTokensOf(modelId, known?.contextLength ?? null),
        canThink: known?.capabilities.thinking ?? false,
      });
    case "openai":
      return isOpenaiItself(upstream.baseUrl) ? openaiModel(attempt) : openaiCompatibleModel(attempt);
    case "openai-compatible":
      return openaiCompatibleModel(attempt);
    case "anthropic":
      return anthropicModel(attempt);
    case "google":
      return googleModel(attempt);
    case "embedded":
      return embeddedModel(attempt);
  }
}

/** Servers in OpenAI's place know its common parameters, not those that only its own models have. */
const isOpenaiItself = (baseUrl: string | null) => baseUrl !== null && new URL(baseUrl).host === "api.openai.com";
