import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { createOllama } from "ollama-ai-provider-v2";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { modelSettingsOf } from "../model-settings";
import { keepAliveField } from "../ollama/keep-alive";
import { ollamaWire } from "../wire/ollama";
import { ollamaBlocks } from "./ollama-blocks";
import { ollamaBody } from "./ollama-body";
import { ollamaLogprobs } from "./ollama-logprobs";

const noLogprobs = { fields: {}, wire: ollamaWire };

export type OllamaSettings = { contextTokens: number; canThink: boolean };

/**
 * A model over Ollama's native API. The provider package sends sampling settings where Ollama does not read them, so they
 * travel as its own `options`; what the package has no field for is set in the request's body.
 */
export function ollamaModel(attempt: Attempt, settings: OllamaSettings): LanguageModelV4 {
  const { upstream, modelId, modelName } = attempt.target;
  const headers = upstream.apiKey ? { authorization: `Bearer ${upstream.apiKey}` } : undefined;
  const modelFor = ({ presencePenalty, frequencyPenalty }: LanguageModelV4CallOptions, logprobs = noLogprobs) => {
    const more = { ...keepAliveField(modelSettingsOf(modelId)?.keepAlive), ...logprobs.fields };
    const adaptBody = (body: Record<string, unknown>) => ({ ...ollamaBody(body, { presencePenalty, frequencyPenalty }), ...more });
    const fetch = hostFetch(attempt, { wire: logprobs.wire, adaptBody });
    return createOllama({ baseURL: `${upstream.baseUrl}/api`, headers, fetch })(modelName);
  };
  return {
    specificationVersion: "v4",
    provider: "ollama",
    modelId: modelName,
    supportedUrls: {},
    doGenerate: (options) => modelFor(options).doGenerate(withOllamaOptions(options, settings)),
    async doStream(options) {
      const logprobs = ollamaLogprobs(options);
      const { stream, ...rest } = await modelFor(options, logprobs).doStream(withOllamaOptions(options, settings));
      const blocks = stream.pipeThrough(ollamaBlocks());
      return { ...rest, stream: logprobs ? blocks.pipeThrough(logprobs.stream()) : blocks };
    },
  };
}

/** Every setting as Ollama's option of the same meaning: https://github.com/ollama/ollama/blob/main/docs/modelfile.mdx */
function withOllamaOptions(options: LanguageModelV4CallOptions, { contextTokens, canThink }: OllamaSettings): LanguageModelV4CallOptions {
  const { temperature, topP, topK, maxOutputTokens, stopSequences, seed, reasoning } = options;
  const sampling = { temperature, top_p: topP, top_k: topK, num_predict: maxOutputTokens, stop: stopSequences, seed };
  const set = Object.entries(sampling).filter(([, value]) => value !== undefined);
  return {
    ...options,
    ...{ topK: undefined, stopSequences: undefined, seed: undefined },
    providerOptions: {
      ...options.providerOptions,
      ollama: { think: canThink && reasoning !== "none", options: { ...Object.fromEntries(set), num_ctx: contextTokens } },
    },
  };
}
