import { createGoogle } from "@ai-sdk/google";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import { createOllama } from "ollama-ai-provider-v2";
import type { Attempt } from "../attempt";
import { callError } from "../call-error";
import { modelSettingsOf } from "../model-settings";
import { keepAliveField } from "../ollama/keep-alive";
import { jsonFetch } from "./json-fetch";

/**
 * The provider package's embedding model for one attempt at a host that is asked over HTTP.
 * @throws ModelError `no_model` for a kind of host that has no embeddings
 */
export function embeddingModel(attempt: Attempt): EmbeddingModelV4 {
  const { upstream, modelId, modelName } = attempt.target;
  const fetch = jsonFetch(attempt, upstream.kind === "ollama" ? keepAliveField(modelSettingsOf(modelId)?.keepAlive) : {});
  switch (upstream.kind) {
    case "ollama": {
      const headers = upstream.apiKey ? { authorization: `Bearer ${upstream.apiKey}` } : undefined;
      return createOllama({ baseURL: `${upstream.baseUrl}/api`, headers, fetch }).embeddingModel(modelName);
    }
    case "openai":
    case "openai-compatible":
      return createOpenAICompatible({
        name: upstream.name,
        baseURL: upstream.baseUrl ?? "",
        apiKey: upstream.apiKey,
        fetch,
      }).embeddingModel(modelName);
    case "google":
      return createGoogle({ baseURL: upstream.baseUrl ?? undefined, apiKey: upstream.apiKey ?? "", fetch }).embeddingModel(modelName);
    default:
      throw callError("no_model", `${upstream.name} makes no embeddings.`);
  }
}
