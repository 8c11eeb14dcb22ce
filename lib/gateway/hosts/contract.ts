import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";
import { lineOfText } from "@/lib/http/text";
import { upstreamKind } from "../contract";
import { addUpstreamInput, testUpstreamInput, updateUpstreamInput } from "../upstream-contract";

const shared = { tag: "Model hosts", access: "admin" as const };
const time = z.date().transform((at) => at.toISOString());
const params = z.object({ upstreamId: updateUpstreamInput.shape.id });

/** One model on a host: what it has to do, and whether calls are let through. */
const lane = z.object({
  model: z.string().describe("The public id"),
  running: z.number().int(),
  waiting: z.number().int().describe("In line for the model, whatever host has it"),
  limit: z.number().int().nullable().describe("Calls at once; null when nothing bounds them"),
  breaker: z.object({
    state: z.enum(["closed", "open", "half-open"]),
    until: time.nullable(),
    reason: z.string().nullable().describe("The last failure"),
  }),
  pausedUntil: time.nullable().describe("The host asked to be left alone with the model until then; null when it does not"),
});

const loadedModel = z.object({
  model: z.string().describe("The public id"),
  name: z.string(),
  vramBytes: z.number().nullable(),
  contextLength: z.number().int().nullable(),
  until: time.nullable().describe("When it leaves memory; null when it stays"),
});

export const upstream = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: upstreamKind,
    baseUrl: z.string().nullable(),
    source: z.enum(["environment", "saved", "built-in"]).describe("Those of the environment change where they are set"),
    enabled: z.boolean(),
    hasKey: z.boolean().describe("The key itself is never told"),
    state: z.enum(["up", "down", "unknown"]),
    since: time.nullable().describe("When the state last changed"),
    error: z.string().optional(),
    expected: z.boolean().describe("False for what Hearth tries by itself and nobody set up"),
    modelCount: z.number().int(),
    checksMs: z.array(z.number().int()).describe("How long the last health checks took, the oldest first, at most 60"),
    maxParallel: z.number().int().nullable().describe("Calls at once to one model; null when nothing bounds them, or it is not known yet"),
    maxParallelSource: z.enum(["default", "found out", "saved"]),
    loaded: z.array(loadedModel),
    lanes: z.array(lane).describe("The models that were used since the start"),
  })
  .meta({ id: "Upstream" });

/** A host as verbs give it and pages show it; moments are Dates until they leave as JSON. */
export type UpstreamView = z.input<typeof upstream>;

export const upstreamTest = z.object({
  ok: z.boolean(),
  modelCount: z.number().int(),
  models: z.array(z.string()),
  durationMs: z.number().int(),
  error: z.string().optional().describe("What is wrong, and what to do about it"),
});

export const listUpstreams = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/upstreams",
  summary: "Every model host with its health, its models in memory, its queues and breakers",
  query: pageQuery,
  returns: pageOf(upstream),
});

export const createUpstream = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/upstreams",
  summary: "Add a model host; its models can be used as soon as it answers",
  body: addUpstreamInput,
  returns: upstream,
  status: 201,
  errors: ["conflict"],
});

export const updateUpstream = defineContract({
  ...shared,
  method: "PATCH",
  path: "/api/v1/upstreams/{upstreamId}",
  summary: "Change a model host. Of one that the environment sets, only maxParallel",
  params,
  body: updateUpstreamInput.omit({ id: true }),
  returns: upstream,
  errors: ["not_found", "conflict"],
});

export const deleteUpstream = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/upstreams/{upstreamId}",
  summary: "Remove a model host with its key",
  params,
  errors: ["not_found", "conflict"],
});

export const checkUpstream = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/upstreams/{upstreamId}/check",
  summary: "Ask a model host for its models now, and tell what came of it",
  params,
  returns: upstreamTest,
  errors: ["not_found"],
});

export const checkNewUpstream = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/upstreams/check",
  summary: "Ask a model host that is not added yet for its models, and tell what came of it; nothing of it is kept",
  body: testUpstreamInput,
  returns: upstreamTest,
});

export const closeUpstreamBreaker = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/upstreams/{upstreamId}/close-breaker",
  summary: "Let calls to a model of the host through again, which was left alone because it kept failing or asked for patience",
  params,
  body: z.object({ model: lineOfText(300).describe("The public id") }),
  errors: ["not_found"],
});
