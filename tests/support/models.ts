import { chatModelName, findModelFile, modelFolders } from "./model-files.ts";

function findOrSay(name: string, advice: string): string | undefined {
  const file = findModelFile(name);
  if (!file) console.warn(`Skipped: ${name} is in none of ${modelFolders.join(", ")}. ${advice}`);
  return file;
}

/** The real chat model (SmolLM2 135M), or undefined with a printed reason when this machine has none and `npm test` could not fetch it. */
export const chatModelFile = findOrSay(chatModelName, "npm test fetches it where it can, and so does a start of Hearth.");

/** The real embedding model (MiniLM, 384 dimensions), or undefined with a printed reason: there is no second source to fetch it from. */
export const embeddingModelFile = findOrSay("all-MiniLM-L6-v2.Q8_0.gguf", "Put the file there to run the tests of embeddings.");
