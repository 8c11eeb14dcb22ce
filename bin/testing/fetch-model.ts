/** Downloads the default model into the folder that is its argument, as Hearth itself does. For `node --import bin/resolve-alias.ts`. */
import { env } from "../../lib/core/env.ts";
import { defaultEntry, ownCatalogue } from "../../lib/gateway/embedded/catalogue.ts";
import { downloadModel } from "../../lib/gateway/embedded/download/download-model.ts";
import { mirrorCatalogue } from "../../lib/gateway/embedded/mirror-catalogue.ts";

const [modelsDir = "."] = process.argv.slice(2);
const entry = defaultEntry(mirrorCatalogue(ownCatalogue, env().HEARTH_MODEL_MIRROR));
let source = "";
try {
  await downloadModel({ entry, modelsDir, signal: new AbortController().signal, onProgress: (progress) => (source = progress.source) });
  console.log(`${entry.label} came from ${source}.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
