import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { lineOfText } from "@/lib/http/text";

const shared = { tag: "Models", access: "admin" as const };
const time = z.date().transform((at) => at.toISOString());

/** The name goes to the host as it is: visible characters of ASCII, as in llama3.2:3b or hf.co/someone/model:Q4_K_M. */
const ollamaName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/, "Use a name of Ollama's library, as llama3.2:3b, or an address as hf.co/someone/model");

export const pullInput = z.object({
  name: ollamaName,
  upstreamId: lineOfText(100).optional().describe("The host to pull it to; the first Ollama unless told"),
});

export const pull = z
  .object({
    id: z.uuid(),
    name: z.string(),
    upstreamId: z.string(),
    upstream: z.string(),
    state: z.enum(["running", "done", "failed", "cancelled"]),
    status: z.string().describe("The host's own words"),
    completed: z.number().nullable().describe("Bytes, of all parts together"),
    total: z.number().nullable(),
    error: z.string().nullable(),
    startedAt: time,
  })
  .meta({ id: "Pull" });

export type Pull = z.input<typeof pull>;

export const pullModel = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/models/pull",
  summary: "Have an Ollama download a model, and follow it; who closes the connection cancels it",
  body: pullInput,
  streams:
    "{ status, completed, total } as server-sent events, in bytes, the last one with the status `success`, or { error } in its place; ended by [DONE]",
  errors: ["not_found", "conflict", "model_unavailable", "model_timeout"],
});

export const listPulls = defineContract({
  ...shared,
  method: "GET",
  path: "/api/v1/pulls",
  summary: "The downloads of this process that run, and the last that ended",
  returns: z.object({ items: z.array(pull) }),
});

export const cancelPull = defineContract({
  ...shared,
  method: "DELETE",
  path: "/api/v1/pulls/{pullId}",
  summary: "Cancel a download; what is there already is used when it is begun again",
  params: z.object({ pullId: z.uuid() }),
  errors: ["not_found"],
});
