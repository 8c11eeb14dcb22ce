import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { lineOfText } from "@/lib/http/text";

const shared = { path: "/api/v1/cache", tag: "Cache" } as const;

const use = z.object({
  hits: z.number().int().describe("Answered without a call to a host, the similar ones and those that joined an equal call among them"),
  misses: z.number().int().describe("Looked up and not found"),
  hitRate: z.number().nullable().describe("Hits of both, 0 to 1; null before the first"),
});

const figures = {
  entries: z.number().int(),
  bytes: z.number().int().describe("As JSON"),
  sinceStart: use.describe("In this process"),
  today: use.describe("Since midnight UTC, in all processes"),
};

export const cacheState = z
  .object({
    ...figures,
    maxBytes: z.number().int().describe("0 while the cache is off"),
    lifetimeS: z.number().int(),
    models: z.array(z.object({ model: z.string(), ...figures })),
  })
  .meta({ id: "Cache" });

/** What admins set of the cache; null takes one back to its default, and one that is absent stays. */
export const cacheSettings = z
  .object({
    cacheTtlS: z.number().int().min(1).max(31_536_000).nullable(),
    cacheMaxMb: z.number().int().min(0).max(10_000).nullable(),
    similarity: z.number().min(0.5).max(1).nullable(),
    embeddingModel: lineOfText(200).nullable(),
  })
  .partial();

export type CacheState = z.output<typeof cacheState>;
export type CacheUse = z.output<typeof use>;
export type CacheSettings = z.output<typeof cacheSettings>;

export const getCache = defineContract({
  ...shared,
  method: "GET",
  summary: "How many answers are kept, what they take and how often they were given again",
  access: "admin",
  returns: cacheState,
});

export const clearCache = defineContract({
  ...shared,
  method: "DELETE",
  summary: "Forget kept answers: your own with mine=true, or everybody's, for admins",
  access: "user",
  query: z.object({
    mine: z.stringbool().default(false).describe("Only the answers to your own calls"),
    model: lineOfText(200).optional().describe("Only this model's, by its id"),
  }),
  returns: z.object({ removed: z.number().int() }),
  errors: ["forbidden"],
});
