import { existsSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const folders = [path.resolve(root, "../shared/models"), path.join(root, "data/models")];

const find = (name: string) => folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));

function findOrSay(name: string): string | undefined {
  const file = find(name);
  if (!file)
    console.warn(`Skipped: ${name} is in none of ${folders.join(", ")}. Start Hearth once, or put the file there, to run these tests.`);
  return file;
}

/** The real chat model (SmolLM2 135M), or undefined with a printed reason when this machine has none. */
export const chatModelFile = findOrSay("SmolLM2-135M-Instruct.Q4_1.gguf");

/** The real embedding model (MiniLM, 384 dimensions), or undefined with a printed reason. */
export const embeddingModelFile = findOrSay("all-MiniLM-L6-v2.Q8_0.gguf");
