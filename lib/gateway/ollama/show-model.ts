import { z } from "zod";
import { fetchJson } from "../catalogue/fetch-json";
import { gatewaySettings } from "../gateway-settings";
import type { Host } from "../gateway-state";
import { findHostModel } from "../host-model";
import type { ModelFacts } from "../models/contract";
import { ollamaHeaders } from "./ollama-headers";

/** A licence is the longest of the texts; a hostile host's are cut. */
const text = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().join("\n\n").slice(0, 100_000).trim() || null)
  .nullish()
  .catch(null);
const word = z.string().max(200).nullish().catch(null);

const shown = z.object({
  parameters: text,
  template: text,
  license: text,
  modified_at: z.coerce.date().nullish().catch(null),
  details: z.object({ family: word, parameter_size: word, quantization_level: word, format: word }).partial().nullish().catch(null),
});

/** What an Ollama tells of one of its models: parameters, template, licence, size. @throws ModelError */
export async function showModel(host: Host, name: string): Promise<ModelFacts> {
  const { upstream } = host;
  const signal = AbortSignal.timeout(2 * gatewaySettings().connectTimeoutMs);
  const json = await fetchJson(upstream, {
    path: "/api/show",
    body: { model: name },
    headers: ollamaHeaders(upstream),
    signal,
    about: name,
  });
  const { parameters, template, license, modified_at, details } = shown.parse(json);
  return {
    upstream: upstream.name,
    sizeBytes: findHostModel(host, name)?.sizeBytes ?? null,
    family: details?.family ?? null,
    parameterSize: details?.parameter_size ?? null,
    quantization: details?.quantization_level ?? null,
    format: details?.format ?? null,
    modifiedAt: modified_at ?? null,
    parameters: parameters ?? null,
    template: template ?? null,
    licence: license ?? null,
  };
}
