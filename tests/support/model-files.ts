import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** Where `npm test` and `npm run bench` keep the model that they fetch; outside the sources and gone with node_modules. */
export const fetchedModels = path.join(root, "node_modules", ".cache", "hearth-models");

/** The catalogue's default, SmolLM2 135M. */
export const chatModelName = "SmolLM2-135M-Instruct.Q4_1.gguf";

export const modelFolders = [
  path.resolve(root, "../shared/models"),
  fetchedModels,
  path.join(root, "data/models"),
  path.join(root, "data"),
];

/** The first of the folders' files with that name, or undefined. */
export function findModelFile(name: string): string | undefined {
  return modelFolders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
