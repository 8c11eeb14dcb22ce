import { z } from "zod";
import { defineContract } from "@/lib/http/contract";

/** A model of the catalogue, as this machine sees it. */
export const catalogueChoice = z.object({
  name: z.string().describe("What to send as `name` to choose it"),
  label: z.string(),
  description: z.string(),
  sizeBytes: z.number().int().describe("Size of the download"),
  contextLength: z.number().int(),
  minimumMemoryBytes: z.number().int(),
  licence: z.string(),
  downloaded: z.boolean(),
  fits: z.boolean().describe("This machine has the memory for it"),
  recommended: z.boolean().describe("The best fit for this machine's memory and cores"),
});

export const embeddedDownload = z.object({
  name: z.string(),
  label: z.string(),
  state: z.enum(["waiting", "running", "checking", "failed"]),
  receivedBytes: z.number().int(),
  totalBytes: z.number().int(),
  bytesPerSecond: z.number(),
  source: z.string().describe("Where it comes from, for people"),
  error: z.string().optional().describe("Why every source failed"),
});

export const embeddedState = z
  .object({
    status: z.enum(["off", "missing", "downloading", "ready", "failed", "unavailable"]),
    model: z
      .object({
        name: z.string().describe("The part after local/ in the model's id"),
        label: z.string(),
        sizeBytes: z.number().int(),
        contextLength: z.number().int().describe("Tokens that a call may use, prompt and reply together"),
        source: z.enum(["environment", "saved", "data-folder", "catalogue"]),
      })
      .nullable()
      .describe("The model that answers now; null until there is one"),
    download: embeddedDownload.nullable(),
    error: z.string().nullable().describe("What is wrong and what to do about it"),
    worker: z.object({ state: z.enum(["stopped", "starting", "ready", "busy"]), waiting: z.number().int().describe("Calls in the queue") }),
    changeable: z.boolean().describe("False while HEARTH_LOCAL_MODEL decides"),
    memoryBytes: z.number().int(),
    cores: z.number().int(),
    catalogue: z.array(catalogueChoice),
    files: z.array(z.string()).describe("Other GGUF files in the data folder or its models folder, which can be chosen by name too"),
  })
  .meta({ id: "EmbeddedModel" });

export type CatalogueChoice = z.output<typeof catalogueChoice>;
export type EmbeddedDownload = z.output<typeof embeddedDownload>;
export type EmbeddedState = z.output<typeof embeddedState>;

const shared = { path: "/api/v1/embedded-model", tag: "Models" };

export const getEmbeddedModel = defineContract({
  ...shared,
  method: "GET",
  summary: "The embedded model, its download and what else could be chosen",
  access: "user",
  scope: "models",
  returns: embeddedState,
});

export const setEmbeddedModel = defineContract({
  ...shared,
  method: "POST",
  summary: "Choose the embedded model; it is downloaded when it is not there yet",
  access: "admin",
  body: z.object({ name: z.string().trim().min(1).max(200).describe("A catalogue name, a GGUF in the data folder, or off") }),
  returns: embeddedState,
  status: 202,
  errors: ["not_found", "conflict"],
});

export const retryEmbeddedModel = defineContract({
  ...shared,
  method: "POST",
  path: "/api/v1/embedded-model/retry",
  summary: "Try the download again, from where it broke off",
  access: "admin",
  returns: embeddedState,
  status: 202,
  errors: ["conflict"],
});
