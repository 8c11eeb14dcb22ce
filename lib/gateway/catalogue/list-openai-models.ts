import { z } from "zod";
import type { HostModel } from "../gateway-state";
import { prefixOf, type Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";
import { isNoChatModel } from "./is-no-chat-model";
import { knownModel } from "./known-models";
import { contextTokens, fieldOf, modelName, readListing } from "./model-listing";

// Beside OpenAI's own fields, those in which vLLM, OpenRouter and llama.cpp tell the context.
const entry = z.object({
  id: modelName,
  max_model_len: contextTokens,
  context_length: contextTokens,
  meta: z.object({ n_ctx_train: contextTokens }).nullish().catch(undefined),
});

/** The chat and embedding models of OpenAI or a compatible server, by GET /models. */
export async function listOpenaiModels(upstream: Upstream, signal: AbortSignal): Promise<HostModel[]> {
  const headers = upstream.apiKey ? { authorization: `Bearer ${upstream.apiKey}` } : undefined;
  const json = await fetchJson(upstream, { path: "/models", headers, signal });
  return readListing(fieldOf(json, "data"), entry, upstream)
    .filter(({ id }) => !isNoChatModel(id))
    .map(({ id, max_model_len, context_length, meta }) => {
      const known = knownModel(prefixOf(upstream), id);
      return { name: id, ...known, contextLength: max_model_len ?? context_length ?? meta?.n_ctx_train ?? known.contextLength };
    });
}
