import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { openaiWire } from "../wire/openai";

/** A model of any server that speaks OpenAI's chat completions: llama.cpp, vLLM, LM Studio, OpenRouter… */
export function openaiCompatibleModel(attempt: Attempt): LanguageModelV4 {
  const { upstream, modelName } = attempt.target;
  const provider = createOpenAICompatible({
    name: upstream.name,
    baseURL: upstream.baseUrl ?? "",
    apiKey: upstream.apiKey,
    includeUsage: true,
    fetch: hostFetch(attempt, { wire: openaiWire }),
  });
  return provider.chatModel(modelName);
}
