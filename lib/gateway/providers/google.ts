import { createGoogle } from "@ai-sdk/google";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { googleWire } from "../wire/google";

/** A model of Google. */
export function googleModel(attempt: Attempt): LanguageModelV4 {
  const { upstream, modelName } = attempt.target;
  return createGoogle({
    baseURL: upstream.baseUrl ?? undefined,
    apiKey: upstream.apiKey ?? "",
    fetch: hostFetch(attempt, { wire: googleWire }),
  })(modelName);
}
