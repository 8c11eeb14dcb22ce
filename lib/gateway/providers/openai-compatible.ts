import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { LRUCache } from "lru-cache";
import type { Attempt } from "../attempt";
import type { Target } from "../call-error";
import { hostFetch } from "../host-fetch";
import { openaiWire } from "../wire/openai";
import { withOpenaiBody } from "./openai-body";

/** The package makes its schemas anew for each model object, and what that takes is a quarter of a whole call: models are kept. */
const kept = new LRUCache<string, LanguageModelV4>({ max: 200 });
/**
 * The `fetch` of each call that is about to be sent. A kept model knows the call by the signal that it passes on. What is
 * taken is taken out: V8 holds the values of a weak map in every collection of young objects, and with a `fetch` its whole call.
 */
const fetches = new WeakMap<AbortSignal, typeof globalThis.fetch>();

/** A model of any server that speaks OpenAI's chat completions: llama.cpp, vLLM, LM Studio, OpenRouter… */
export function openaiCompatibleModel(attempt: Attempt): LanguageModelV4 {
  const { modelName } = attempt.target;
  return withOpenaiBody(modelName, (adaptBody) => {
    const model = keptModel(attempt.target);
    const begin = (options: LanguageModelV4CallOptions): LanguageModelV4CallOptions => {
      fetches.set(attempt.signal, hostFetch(attempt, { wire: openaiWire, adaptBody }));
      return { ...options, abortSignal: attempt.signal };
    };
    const { specificationVersion, provider, modelId, supportedUrls } = model;
    return {
      ...{ specificationVersion, provider, modelId, supportedUrls },
      doGenerate: (options) => model.doGenerate(begin(options)),
      doStream: (options) => model.doStream(begin(options)),
    };
  });
}

function keptModel({ upstream: { name, baseUrl, apiKey }, modelName }: Target): LanguageModelV4 {
  const key = JSON.stringify([name, baseUrl, apiKey, modelName]);
  const known = kept.get(key);
  if (known) return known;
  const provider = createOpenAICompatible({
    name,
    baseURL: baseUrl ?? "",
    apiKey,
    includeUsage: true,
    supportsStructuredOutputs: true,
    fetch: (input, init) => takeFetch(init?.signal)(input, init),
  });
  const model = provider.chatModel(modelName);
  kept.set(key, model);
  return model;
}

function takeFetch(signal: AbortSignal | null | undefined): typeof globalThis.fetch {
  const found = signal && fetches.get(signal);
  if (!found) throw new Error("A model was asked outside a call.");
  fetches.delete(signal);
  return found;
}
