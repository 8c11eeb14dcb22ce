import { z } from "zod";
import { lineOfText } from "@/lib/http/text";
import { sharedName } from "./upstream";

/** The kinds of host an admin may add. Browser-safe. */
export const savedUpstreamKind = z.enum(["ollama", "openai", "anthropic", "google", "openai-compatible"]);

const reserved = new Set(["ollama", "openai", "anthropic", "google", "local", "auto", "embedded"]);
/** The second address of OLLAMA_BASE_URL and those after it, now or at a later start. */
const ofEnvironment = /^ollama-\d+$/i;

/**
 * A host's name stands in its models' ids, so that it has no slash and is none that ids use otherwise. What follows an `@`
 * tells apart hosts that have the same models.
 */
const name = z
  .string()
  .trim()
  .max(40, "Use at most 40 characters")
  .regex(
    /^[a-z0-9][a-z0-9._-]*(@[a-z0-9][a-z0-9._-]*)?$/i,
    "Use letters, digits, dots, dashes or underscores, starting with a letter or digit; servers with the same models as in vllm@a and vllm@b",
  )
  .refine((value) => !reserved.has(sharedName(value).toLowerCase()), "This name is taken by Hearth itself. Choose another")
  .refine((value) => !ofEnvironment.test(sharedName(value)), "Hosts of OLLAMA_BASE_URL get such names. Choose another");

const address = lineOfText(500).describe("As in http://192.168.1.20:11434");
const key = lineOfText(500).describe("Kept encrypted and never shown again");

export const addUpstreamInput = z.object({
  name,
  kind: savedUpstreamKind,
  baseUrl: address.optional().describe("Left out, the provider's own address"),
  apiKey: key.optional(),
});

/** A stored host's is a UUID, the others' are words. */
const id = z.string().regex(/^[\w.-]{1,100}$/, "This is no id of a model host");

export const updateUpstreamInput = z.object({
  id,
  enabled: z.boolean().optional(),
  baseUrl: address.optional(),
  apiKey: key.nullable().optional().describe("null removes it; left out, it stays"),
  maxParallel: z
    .number()
    .int()
    .min(1)
    .max(1_024)
    .nullable()
    .optional()
    .describe("Calls at once to one model from each process of Hearth; null leaves it to Hearth"),
});

export const upstreamIdInput = z.object({ id });

export const breakerInput = z.object({ id, model: lineOfText(300) });

/** A host that is not stored yet. */
export const testUpstreamInput = addUpstreamInput.omit({ name: true });

export type AddUpstreamInput = z.output<typeof addUpstreamInput>;
export type UpdateUpstreamInput = z.output<typeof updateUpstreamInput>;
/** A host that is known, or one that is not stored yet. */
export type TestUpstreamInput = { id: string } | z.output<typeof testUpstreamInput>;

/** What a test found. `error` says what is wrong and what to do about it. */
export type UpstreamTest = { ok: boolean; modelCount: number; models: string[]; durationMs: number; error?: string };
