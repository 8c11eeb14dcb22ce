import { z } from "zod";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import type { Host, HostModel } from "../gateway-state";
import type { Upstream } from "../upstream";
import { fetchJson } from "./fetch-json";

const tags = z.object({
  models: z
    .array(z.object({ name: z.string(), digest: z.string().default("") }))
    .nullish()
    .transform((models) => models ?? []),
});
const loaded = z.object({
  models: z
    .array(z.object({ name: z.string(), expires_at: z.coerce.date().optional() }))
    .nullish()
    .transform((models) => models ?? []),
});
const details = z.object({ capabilities: z.array(z.string()).nullish(), model_info: z.record(z.string(), z.unknown()).nullish() });

type Details = Pick<HostModel, "capabilities" | "contextLength">;

/** What a model can do never changes under one digest, and asking costs a request for each model. */
const knownDetails = () => processGlobal<Map<string, Details>>("gateway-ollama-details", () => new Map());

/** The models of an Ollama: /api/tags, /api/show for those not seen before, /api/ps for those in memory. */
export async function listOllamaModels({ upstream }: Host, signal: AbortSignal): Promise<HostModel[]> {
  const headers = upstream.apiKey ? { authorization: `Bearer ${upstream.apiKey}` } : undefined;
  const [listed, running] = await Promise.all([
    fetchJson(upstream, { path: "/api/tags", headers, signal }).then((json) => tags.parse(json).models),
    fetchJson(upstream, { path: "/api/ps", headers, signal }).then((json) => loaded.parse(json).models),
  ]);
  const models: HostModel[] = [];
  // One after the other: a host with many models is not flooded, and the next check finds them known.
  for (const { name, digest } of listed) {
    const expiresAt = running.find((model) => model.name === name)?.expires_at;
    models.push({ name, ...(await detailsOf(upstream, { name, digest, headers, signal })), loadedUntil: expiresAt });
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
    if (signal.aborted) throw error;
    // One broken model must not hide the others; it is asked again at the next check.
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
    contextLength: typeof contextLength === "number" ? contextLength : null,
  };
}
