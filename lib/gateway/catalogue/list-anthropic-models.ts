import { z } from "zod";
import type { HostModel } from "../gateway-state";
import type { Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";
import { knownModel } from "./known-models";
import { fieldOf, modelName, readListing } from "./model-listing";

const entry = z.object({ id: modelName });

/** The models of Anthropic: https://docs.anthropic.com/en/api/models-list */
export async function listAnthropicModels(upstream: Upstream, signal: AbortSignal): Promise<HostModel[]> {
  const headers = { "x-api-key": upstream.apiKey ?? "", "anthropic-version": "2023-06-01" };
  const json = await fetchJson(upstream, { path: "/models?limit=1000", headers, signal });
  return readListing(fieldOf(json, "data"), entry, upstream).map(({ id }) => ({ name: id, ...knownModel("anthropic", id) }));
}
