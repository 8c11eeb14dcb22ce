import { createAnthropic } from "@ai-sdk/anthropic";
import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { anthropicWire } from "../wire/anthropic";
import { withinLimit } from "./anthropic-body";

/** A model of Anthropic. */
export function anthropicModel(attempt: Attempt): LanguageModelV4 {
  const { upstream, modelName } = attempt.target;
  const modelFor = ({ maxOutputTokens: limit }: LanguageModelV4CallOptions) => {
    const adaptBody = limit === undefined ? undefined : (body: Record<string, unknown>) => withinLimit(body, limit);
    return createAnthropic({
      baseURL: upstream.baseUrl ?? undefined,
      apiKey: upstream.apiKey ?? "",
      fetch: hostFetch(attempt, { wire: anthropicWire, adaptBody }),
    })(modelName);
  };
  return {
    specificationVersion: "v4",
    provider: "anthropic",
    modelId: modelName,
    supportedUrls: {},
    doGenerate: (options) => modelFor(options).doGenerate(options),
    doStream: (options) => modelFor(options).doStream(options),
  };
}
