import type { Catalogue, ModelSource } from "./catalogue";

/**
 * The catalogue with a mirror in place of Hugging Face: the same paths at another address.
 * Files are checked by their SHA-256 all the same, so a mirror needs no trust.
 * @param mirror value of HEARTH_MODEL_MIRROR; without it nothing changes
 */
export function mirrorCatalogue(catalogue: Catalogue, mirror: string | undefined): Catalogue {
  if (!mirror) return catalogue;
  const models = catalogue.models.map((entry) => ({ ...entry, sources: entry.sources.map((source) => at(source, mirror)) }));
  return { ...catalogue, models };
}

function at(source: ModelSource, mirror: string): ModelSource {
  if (source.kind !== "url") return source;
  return { ...source, label: new URL(mirror).host, url: mirror.replace(/\/+$/, "") + new URL(source.url).pathname };
}
