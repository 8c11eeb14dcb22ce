import { z } from "zod";
import type { HostModel } from "../gateway-state";
import type { Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";
import { isNoChatModel } from "./is-no-chat-model";
import { knownModel } from "./known-models";
import { contextTokens, fieldOf, modelName, readListing } from "./model-listing";

const entry = z.object({
  name: modelName,
  inputTokenLimit: contextTokens,
  supportedGenerationMethods: z.array(z.string()).default([]),
});

/** The chat and embedding models of Google: https://ai.google.dev/api/models */
export async function listGoogleModels(upstream: Upstream, signal: AbortSignal): Promise<HostModel[]> {
  const headers = { "x-goog-api-key": upstream.apiKey ?? "" };
  const json = await fetchJson(upstream, { path: "/models?pageSize=1000", headers, signal });
  return readListing(fieldOf(json, "models"), entry, upstream)
    .map((model) => ({ ...model, id: model.name.replace(/^models\//, "") }))
    .filter(
      ({ id, supportedGenerationMethods: methods }) =>
        !isNoChatModel(id) && (methods.includes("generateContent") || methods.includes("embedContent")),
    )
    .map(({ id, inputTokenLimit, supportedGenerationMethods: methods }) => {
      const known = knownModel("google", id);
      const embedding = !methods.includes("generateContent");
      return { name: id, capabilities: { ...known.capabilities, embedding }, contextLength: inputTokenLimit ?? known.contextLength };
    });
}
