import { existsSync } from "node:fs";
import path from "node:path";
import { env } from "@/lib/core/env";
import { applyChoice } from "./apply-choice";
import { type Catalogue, ownCatalogue } from "./catalogue";
import { mirrorCatalogue } from "./mirror-catalogue";
import { runtime } from "./runtime";

export type StartOptions = {
  /** False when there are other models already: then nothing is fetched unasked. True unless told. */
  mayDownload?: boolean;
  /** Hearth's own unless told. */
  catalogue?: Catalogue;
};

/**
 * Finds the embedded model at start, and fetches the default in the background when there is none.
 * The model itself is loaded by the first call. Needs an open database.
 */
export async function startEmbedded({ mayDownload = true, catalogue = ownCatalogue }: StartOptions = {}): Promise<void> {
  const state = runtime();
  state.catalogue = mirrorCatalogue(catalogue, env().HEARTH_MODEL_MIRROR);
  // Only looked for, not loaded: the library has its place in the worker process alone.
  state.isUnavailable = !existsSync(path.join(/* turbopackIgnore: true */ process.cwd(), "node_modules/node-llama-cpp/package.json"));
  if (!state.isUnavailable) await applyChoice({ mayDownload });
}
