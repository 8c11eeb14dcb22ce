import { z } from "zod";
import type { HostModel } from "../gateway-state";
import type { Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";
import { knownModel } from "./known-models";

const listing = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The models of Anthropic: https://docs.anthropic.com/en/api/models-list */
export async function listAnthropicModels(upstream: Upstream, signal: AbortSignal): Promise<HostModel[]> {
  const headers = { "x-api-key": upstream.apiKey ?? "", "anthropic-version": "2023-06-01" };
  const { data } = listing.parse(await fetchJson(upstream, { path: "/models?limit=1000", headers, signal }));
  return data.map(({ id }) => ({ name: id, ...knownModel("anthropic", id) }));
}
