import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";
import { lineOfText, listOf } from "@/lib/http/text";

const shared = { tag: "Keys", access: "user" as const };
const byId = z.object({ id: z.uuid() });
const time = z.date().transform((at) => at.toISOString());

export const keyScope = z.enum(["chat", "embeddings", "models", "metrics", "admin"]);

/** What a key may do when it is not told: all of what programs come for. */
const usualScopes = ["chat", "embeddings", "models"] as const;

const cacheUse = z
  .enum(["deterministic", "always", "similar", "off"])
  .describe("Answers it takes from the cache: to the same deterministic call, to any same call, to a similar question too, or none");
const similarity = z.number().min(0.5).max(1).describe("How near a question must be to count as similar; the general setting when absent");

/** A model's id, or the beginning of ids with `*` for the rest. */
const modelPattern = lineOfText(200).refine((pattern) => /^[^*]*\*?$/.test(pattern), "May have a * at its end only");

const count = (max: number) => z.number().int().min(1).max(max).nullish();
const newLimits = z.object({ requestsPerMinute: count(1_000_000), tokensPerMinute: count(1_000_000_000), parallel: count(10_000) });
const newBudget = z
  .object({
    period: z.enum(["day", "month"]).describe("Of UTC"),
    limitUsd: z.number().positive().max(1_000_000_000).nullish(),
    limitTokens: z.number().int().min(1).max(1_000_000_000_000).nullish(),
    hard: z.boolean().default(true).describe("Refuses what could go past it; false only warns"),
  })
  .refine(({ limitUsd, limitTokens }) => limitUsd || limitTokens, "Give limitUsd or limitTokens");

/** What the form and programs send to make a key. */
export const newKey = z.object({
  name: lineOfText(100),
  scopes: listOf(keyScope, 5)
    .refine((scopes) => scopes.length > 0, "Choose at least one")
    .default([...usualScopes])
    .describe("`chat`: conversations, messages, runs, and completions at /v1. `admin`: all that you may do, except making keys"),
  models: listOf(modelPattern, 200)
    .refine((models) => models.length > 0, "Name at least one, or leave it out for all")
    .nullish()
    .describe("Ids it may use, as in ollama/llama3.2:3b or ollama/*; all when absent"),
  upstreams: listOf(lineOfText(100), 100)
    .refine((names) => names.length > 0, "Name at least one, or leave it out for all")
    .nullish()
    .describe("Names of the hosts it may use; all when absent"),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine((at) => Date.parse(at) > Date.now(), "Must be in the future")
    .transform((at) => new Date(at))
    .nullish()
    .describe("Never when absent"),
  limits: newLimits.nullish(),
  budget: newBudget.nullish(),
  cache: cacheUse.default("deterministic"),
  similarity: similarity.nullish(),
});

export const apiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().describe("The last characters of the key"),
    state: z.enum(["active", "expired", "revoked"]),
    scopes: z.array(keyScope),
    models: z.array(z.string()).nullable(),
    upstreams: z.array(z.string()).nullable(),
    limits: z
      .object({
        requestsPerMinute: z.number().int().nullable(),
        tokensPerMinute: z.number().int().nullable(),
        parallel: z.number().int().nullable(),
      })
      .nullable(),
    budgets: z.array(
      z.object({
        period: z.enum(["day", "month"]),
        limitUsd: z.number().nullable(),
        limitTokens: z.number().int().nullable(),
        hard: z.boolean(),
      }),
    ),
    cache: cacheUse,
    similarity: similarity.nullable(),
    sharesCache: z.boolean().describe("Its cache is one with that of every other key shared so"),
    owner: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
    createdAt: time,
    lastUsedAt: time.nullable().describe("To the minute"),
    expiresAt: time.nullable(),
  })
  .meta({ id: "ApiKey" });

export type NewKey = z.output<typeof newKey>;
export type NewKeyInput = z.input<typeof newKey>;
/** A key as verbs and pages have it, with dates. */
export type ApiKey = z.input<typeof apiKey>;
export type KeyScope = z.output<typeof keyScope>;

export const listKeys = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/keys",
  summary: "Your API keys, newest first; with `all=true` everybody's, for admins only",
  query: pageQuery.extend({ all: z.stringbool().default(false) }),
  returns: pageOf(apiKey),
  errors: ["forbidden"],
});

export const createKey = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/keys",
  summary: "Make an API key. The key itself is shown this once, as `key`; only its hash is stored",
  scope: "none",
  body: newKey,
  returns: apiKey.extend({ key: z.string().describe("Send it as Authorization: Bearer") }),
  status: 201,
  errors: ["conflict", "forbidden"],
});

/** What can be changed of a key that is there. */
export const keyChanges = z
  .object({ name: lineOfText(100), cache: cacheUse, similarity: similarity.nullable(), sharesCache: z.boolean().describe("For admins") })
  .partial();
export type KeyChanges = z.output<typeof keyChanges>;

export const updateKey = defineContract({
  ...shared,
  method: "PATCH",
  path: "/api/v1/keys/{id}",
  summary: "Rename a key, or change how its calls use the cache; sharing it with other keys is for admins",
  params: byId,
  body: keyChanges,
  returns: apiKey,
  errors: ["not_found"],
});

export const revokeKey = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/keys/{id}",
  summary: "Revoke a key: it stops working at once, for good; admins may revoke anybody's",
  params: byId,
  errors: ["not_found"],
});
