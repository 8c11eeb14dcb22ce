import { splitModelId } from "./upstream";

/** One id for one model: Ollama's `name` and `name:latest` are the same, and rules for it must hold for both. */
export function canonicalModelId(modelId: string): string {
  const { prefix, name } = splitModelId(modelId);
  return prefix === "ollama" && !name.includes(":") ? `${modelId}:latest` : modelId;
}
