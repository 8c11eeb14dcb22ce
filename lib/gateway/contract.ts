import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";

export const upstreamKind = z.enum(["ollama", "openai", "anthropic", "google", "openai-compatible", "embedded"]);
export type UpstreamKind = z.output<typeof upstreamKind>;

const hostState = z.enum(["up", "down", "unknown"]);

export const model = z
  .object({
    id: z.string().describe("provider/name, as in ollama/llama3.2:3b"),
    name: z.string(),
    upstreams: z.array(z.object({ name: z.string(), state: hostState, loaded: z.boolean() })),
    capabilities: z.object({ tools: z.boolean(), vision: z.boolean(), thinking: z.boolean(), embedding: z.boolean(), json: z.boolean() }),
    contextLength: z.number().int().nullable(),
    pricing: z.object({ inputUsdPerMTok: z.number(), outputUsdPerMTok: z.number() }).optional(),
  })
  .meta({ id: "Model" });

export type Model = z.output<typeof model>;

export const listModels = defineContract({
  method: "GET",
  path: "/api/v1/models",
  summary: "The models you may use, with the hosts that have them",
  tag: "Models",
  access: "user",
  scope: "models",
  query: pageQuery,
  returns: pageOf(model),
});

export const readiness = z
  .object({
    database: z.object({ ok: z.boolean() }),
    models: z
      .array(
        z.object({
          upstream: z.string(),
          ok: z.boolean(),
          state: hostState,
          error: z.string().optional().describe("Why it is down, as in host_refused"),
          since: z.string().nullable().describe("When its state last changed"),
        }),
      )
      .describe("The hosts that were set up or have answered before"),
    jobs: z.object({ ok: z.boolean() }),
  })
  .meta({ id: "Readiness" });

export const healthz = defineContract({
  method: "GET",
  path: "/healthz",
  summary: "200 while the process serves",
  tag: "Health",
  access: "public",
  returns: z.object({ ok: z.literal(true) }),
});

export const readyz = defineContract({
  method: "GET",
  path: "/readyz",
  summary: "200 when chats can be stored and answered, else 503 with what is missing",
  tag: "Health",
  access: "public",
  returns: readiness,
  alsoAnswers: { 503: { description: "Something is missing", returns: readiness } },
});
