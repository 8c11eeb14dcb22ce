import { z } from "zod";
import type { HostModel } from "../gateway-state";
import type { Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";
import { isNoChatModel } from "./is-no-chat-model";
import { knownModel } from "./known-models";

const listing = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      inputTokenLimit: z.number().int().positive().optional(),
      supportedGenerationMethods: z.array(z.string()).default([]),
    }),
  ),
});

/** The chat and embedding models of Google: https://ai.google.dev/api/models */
export async function listGoogleModels(upstream: Upstream, signal: AbortSignal): Promise<HostModel[]> {
  const headers = { "x-goog-api-key": upstream.apiKey ?? "" };
  const { models } = listing.parse(await fetchJson(upstream, { path: "/models?pageSize=1000", headers, signal }));
  return models
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
