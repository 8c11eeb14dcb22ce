import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { lineOfText, listOf } from "@/lib/http/text";

const shared = { tag: "Models", access: "admin" as const };
const time = z.date().transform((at) => at.toISOString());

/** A model's public id. It has slashes, which a path may hold as they are or encoded. */
export const modelId = z.string().regex(/^[!-~]{1,80}\/[!-~]{1,200}$/, "Use a model's id, as ollama/llama3.2:3b");
const params = z.object({
  modelId: z
    .union([z.string().max(1_000), z.array(z.string().max(1_000)).max(20)])
    .transform((id) => [id].flat().map(decoded).join("/"))
    .pipe(modelId),
});

const price = z.number().min(0).max(1_000_000).nullable();
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Use times as 08:00");

export const prewarmTimes = z.object({
  days: listOf(z.number().int().min(0).max(6), 7).refine((days) => days.length > 0, "Choose at least one day"),
  times: listOf(timeOfDay, 24).refine((times) => times.length > 0, "Name at least one time, as 08:00"),
});

/** Everything that an admin can set for a model. */
export const modelSettings = z.object({
  fallbacks: listOf(lineOfText(300), 10).describe("Ids of models that answer, in this order, when this one cannot"),
  visibleTo: z.enum(["everyone", "admins"]).describe("To others a model for admins is as if it did not exist"),
  inputUsdPerMTok: price.describe("In place of the list price"),
  outputUsdPerMTok: price,
  cachedInputUsdPerMTok: price,
  usdPerHour: price.describe("For a model on one's own machine: what an hour of its work costs"),
  cacheAlways: z.boolean().describe("Answers are kept, and given again, also when the call is not deterministic"),
  hedge: z.boolean().describe("A second host is asked when the first is late with its first token"),
  streaming: z
    .enum(["always", "as-asked", "never"])
    .describe("What servers that speak OpenAI's protocol are asked for: a stream, a stream or the whole as the caller asks, or the whole"),
  keepAlive: z
    .string()
    .regex(/^(-1|\d{1,6}[smh]?)$/, "Use a time as 30m or 24h, or -1 for ever")
    .nullable()
    .describe("How long Ollama keeps it in memory after a call, as 30m, or -1 for ever"),
  prewarm: prewarmTimes.nullable().describe("When it is loaded ahead of use, in the server's time zone; days from 0, Sunday"),
});

export type ModelSettingsInput = z.output<typeof modelSettings>;

const settingName = z.enum(Object.keys(modelSettings.shape) as [keyof ModelSettingsInput, ...(keyof ModelSettingsInput)[]]);

/** What the host itself tells of a model. */
const modelFacts = z.object({
  upstream: z.string(),
  sizeBytes: z.number().nullable(),
  family: z.string().nullable(),
  parameterSize: z.string().nullable(),
  quantization: z.string().nullable(),
  format: z.string().nullable(),
  modifiedAt: time.nullable(),
  parameters: z.string().nullable(),
  template: z.string().nullable(),
  licence: z.string().nullable(),
});

export type ModelFacts = z.input<typeof modelFacts>;

/** Who says what a model can do, or how much it takes: its host, Hearth's list of known models, or Hearth itself, which runs it. */
export type FactSource = "host" | "catalogue" | "built-in";

export const modelDetails = z
  .object({
    id: z.string(),
    settings: modelSettings,
    sources: z.record(settingName, z.enum(["default", "saved"])).describe("Where each setting comes from"),
    facts: modelFacts.nullable().describe("What an Ollama tells of it; null for other hosts, and while it does not answer"),
  })
  .meta({ id: "ModelDetails" });

export type ModelDetails = Omit<z.input<typeof modelDetails>, "settings"> & { settings: ModelSettingsInput };

/** One host's part in loading or unloading. */
const loadOutcome = z.object({ upstream: z.string(), ok: z.boolean(), error: z.string().optional() });
export type LoadOutcome = z.output<typeof loadOutcome>;

export const modelOnHosts = z.object({
  modelId,
  upstreamId: lineOfText(100).optional().describe("All hosts that have it unless told"),
});

export const getModelDetails = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/models/{modelId}",
  summary: "A model's settings, and what its host tells of it",
  params,
  returns: modelDetails,
  errors: ["not_found"],
});

export const updateModel = defineContract({
  ...shared,
  method: "PATCH",
  path: "/api/v1/models/{modelId}",
  summary: "Set a model's fallbacks, visibility, price, keep-alive and prewarm times",
  params,
  body: modelSettings.partial(),
  returns: modelDetails.omit({ facts: true }),
  errors: ["not_found"],
});

export const deleteModel = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/models/{modelId}",
  summary: "Delete a model from the disks of the Ollamas that have it",
  params,
  query: modelOnHosts.pick({ upstreamId: true }),
  errors: ["not_found", "conflict", "model_unavailable", "model_timeout"],
});

export const loadModel = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/models/load",
  summary: "Load a model into memory ahead of use, on every Ollama that has it or on one; the embedded model too",
  body: modelOnHosts,
  returns: z.object({ hosts: z.array(loadOutcome) }),
  errors: ["not_found", "conflict"],
});

export const unloadModel = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/models/unload",
  summary: "Take a model out of an Ollama's memory",
  body: modelOnHosts,
  returns: z.object({ hosts: z.array(loadOutcome) }),
  errors: ["not_found", "conflict"],
});

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
