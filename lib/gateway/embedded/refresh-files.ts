import path from "node:path";
import { chatFiles } from "./pick-model";
import { modelsDir, runtime } from "./runtime";

/** Looks again which models are in the models folder. */
export async function refreshFiles(): Promise<void> {
  const state = runtime();
  state.files = (await chatFiles(modelsDir(), state.catalogue)).map((file) => path.basename(file));
}
