import path from "node:path";
import { env } from "@/lib/core/env";
import { processGlobal } from "@/lib/core/process-global";
import { type Catalogue, type CatalogueEntry, ownCatalogue } from "./catalogue";
import type { EmbeddedDownload } from "./contract";
import type { ModelRunner } from "./model-runner";
import type { PickSource } from "./pick-model";

/** The model that answers now. */
export type ActiveModel = {
  /** The part after `local/` in the model's id. */
  name: string;
  label: string;
  file: string;
  sizeBytes: number;
  contextLength: number;
  sampling: CatalogueEntry["sampling"];
  source: PickSource;
};

export type Runtime = {
  catalogue: Catalogue;
  isOff: boolean;
  /** The library is not installed here. */
  isUnavailable: boolean;
  error: string | null;
  active: ActiveModel | null;
  /** GGUF files in the data folder and its models folder that can chat, by name. */
  files: string[];
  download: { entry: CatalogueEntry; source: PickSource; shown: EmbeddedDownload; cancel: AbortController; done: Promise<void> } | null;
  /** By file: the chat model's, and those of embedding models. */
  runners: Map<string, ModelRunner>;
};

/** Most tokens of a context: more would cost memory and, without a GPU, minutes of reading before the first word. */
export const maxContextTokens = 4096;

/** What this process knows of the embedded model. */
export function runtime(): Runtime {
  return processGlobal("embedded-model", () => ({
    catalogue: ownCatalogue,
    isOff: false,
    isUnavailable: false,
    error: null,
    active: null,
    files: [],
    download: null,
    runners: new Map(),
  }));
}

/** Where downloaded models are kept. */
export function modelsDir(): string {
  return path.resolve(/* turbopackIgnore: true */ env().HEARTH_DATA_DIR, "models");
}

/** Where models are looked for: what a person put into the data folder comes before what is kept there. */
export function modelFolders(): string[] {
  return [path.resolve(/* turbopackIgnore: true */ env().HEARTH_DATA_DIR), modelsDir()];
}
