import path from "node:path";
import { chatFiles } from "./pick-model";
import { modelFolders, runtime } from "./runtime";

/** Looks again which models are in the data folder. */
export async function refreshFiles(): Promise<void> {
  const state = runtime();
  state.files = (await chatFiles(modelFolders(), state.catalogue)).map((file) => path.basename(file));
}
