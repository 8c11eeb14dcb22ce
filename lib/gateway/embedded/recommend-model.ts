import { type Catalogue, type CatalogueEntry, defaultEntry } from "./catalogue";

/**
 * The most able model that a machine runs at a reading pace: it has the memory and the cores the model asks for.
 * @param memoryBytes of the whole machine, or of the container
 * @returns the default when nothing else fits
 */
export function recommendModel(catalogue: Catalogue, memoryBytes: number, cores: number): CatalogueEntry {
  const fitting = catalogue.models.filter((model) => fitsMemory(model, memoryBytes) && model.minimumCores <= cores);
  return fitting.at(-1) ?? defaultEntry(catalogue);
}

/** Machines report a little less than their nominal memory: 8 GB as 7.6. */
export function fitsMemory(model: CatalogueEntry, memoryBytes: number): boolean {
  return model.minimumMemoryBytes * 0.9 <= memoryBytes;
}
