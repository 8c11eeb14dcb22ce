import { createAnthropic } from "@ai-sdk/anthropic";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { anthropicWire } from "../wire/anthropic";

/** A model of Anthropic. */
export function anthropicModel(attempt: Attempt): LanguageModelV4 {
  const { upstream, modelName } = attempt.target;
  return createAnthropic({
    baseURL: upstream.baseUrl ?? undefined,
    apiKey: upstream.apiKey ?? "",
    fetch: hostFetch(attempt, { wire: anthropicWire }),
  })(modelName);
}
