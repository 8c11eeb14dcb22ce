import { createOpenAI } from "@ai-sdk/openai";
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Attempt } from "../attempt";
import { hostFetch } from "../host-fetch";
import { openaiWire } from "../wire/openai";
import { withOpenaiBody } from "./openai-body";

/** A model of OpenAI itself, by chat completions: unlike its Responses API, they keep nothing of the conversation there. */
export function openaiModel(attempt: Attempt): LanguageModelV4 {
  const { upstream, modelName } = attempt.target;
  return withOpenaiBody(modelName, (adaptBody) => {
    const provider = createOpenAI({
      baseURL: upstream.baseUrl ?? undefined,
      apiKey: upstream.apiKey ?? "",
      fetch: hostFetch(attempt, { wire: openaiWire, adaptBody }),
    });
    return provider.chat(modelName);
  });
}
