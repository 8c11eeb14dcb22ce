import { createGoogle } from "@ai-sdk/google";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { googleWire } from "../wire/google";
import { googlePrompt } from "./google-prompt";

/** A model of Google. */
export function googleModel(attempt: Attempt): LanguageModelV4 {
  const { upstream, modelName } = attempt.target;
  const model = createGoogle({
    baseURL: upstream.baseUrl ?? undefined,
    apiKey: upstream.apiKey ?? "",
    fetch: hostFetch(attempt, { wire: googleWire }),
  })(modelName);
  return {
    specificationVersion: "v4",
    provider: "google",
    modelId: modelName,
    supportedUrls: {},
    doGenerate: (options) => model.doGenerate({ ...options, prompt: googlePrompt(options.prompt) }),
    doStream: (options) => model.doStream({ ...options, prompt: googlePrompt(options.prompt) }),
  };
}
