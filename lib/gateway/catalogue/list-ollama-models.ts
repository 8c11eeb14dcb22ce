import { LRUCache } from "lru-cache";
import { z } from "zod";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import type { Host, HostModel } from "../gateway-state";
import type { Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";
import { contextTokens, fieldOf, maxListedModels, modelName, readListing } from "./model-listing";

const count = z.number().nonnegative().optional().catch(undefined);
const tag = z.object({ name: modelName, digest: z.string().max(200).catch(""), size: count });
const loaded = z.object({
  name: modelName,
  expires_at: z.coerce.date().optional().catch(undefined),
  size_vram: count,
  context_length: count,
});
const details = z.object({ capabilities: z.array(z.string()).nullish(), model_info: z.record(z.string(), z.unknown()).nullish() });

type Details = Pick<HostModel, "capabilities" | "contextLength">;

/** What a model can do never changes under one digest, and asking costs a request for each model. Bounded: a host can make digests up. */
const knownDetails = () => processGlobal("gateway-ollama-details", () => new LRUCache<string, Details>({ max: 4 * maxListedModels }));

/** The models of an Ollama: /api/tags, /api/show for those not seen before, /api/ps for those in memory. */
export async function listOllamaModels({ upstream }: Host, signal: AbortSignal): Promise<HostModel[]> {
  const headers = upstream.apiKey ? { authorization: `Bearer ${upstream.apiKey}` } : undefined;
  const [listed, running] = await Promise.all([
    fetchJson(upstream, { path: "/api/tags", headers, signal }).then((json) => readListing(fieldOf(json, "models"), tag, upstream)),
    fetchJson(upstream, { path: "/api/ps", headers, signal }).then((json) => readListing(fieldOf(json, "models"), loaded, upstream)),
  ]);
  const inMemory = new Map(running.map((model) => [model.name, model]));
  const models: HostModel[] = [];
  // One after the other: a host with many models is not flooded, and the next check finds them known.
  for (const { name, digest, size } of listed) {
    const { expires_at, size_vram, context_length } = inMemory.get(name) ?? {};
    models.push({
      name,
      ...(await detailsOf(upstream, { name, digest, headers, signal })),
      sizeBytes: size,
      loadedUntil: expires_at,
      vramBytes: size_vram,
      loadedContext: context_length,
    });
  }
  return models;
}

type Wanted = { name: string; digest: string; headers?: Record<string, string>; signal: AbortSignal };

async function detailsOf(upstream: Upstream, { name, digest, headers, signal }: Wanted): Promise<Details> {
  const key = `${upstream.baseUrl} ${name} ${digest}`;
  const known = knownDetails().get(key);
  if (known) return known;
  try {
    const found = toDetails(details.parse(await fetchJson(upstream, { path: "/api/show", body: { model: name }, headers, signal })));
    knownDetails().set(key, found);
    return found;
  } catch (error) {
    // One broken model must not hide the others, nor one that takes all the time; it is asked again at the next check.
    log().debug({ err: error, upstream: upstream.name, model: name }, "a model's details could not be read");
    return toDetails({});
  }
}

function toDetails({ capabilities, model_info }: z.infer<typeof details>): Details {
  const has = (name: string) => capabilities?.includes(name) ?? false;
  const contextLength = Object.entries(model_info ?? {}).find(([key]) => key.endsWith(".context_length"))?.[1];
  return {
    capabilities: {
      tools: has("tools"),
      vision: has("vision"),
      thinking: has("thinking"),
      embedding: has("embedding"),
      json: !has("embedding"),
    },
    contextLength: contextTokens.parse(contextLength),
  };
}
