import { knownModel } from "../catalogue/known-models";
import type { Model } from "../contract";
import { splitModelId } from "../upstream";
import type { FactSource } from "./contract";

/** Where a model's abilities and its context come from. Of a context that host and list both tell, the list counts as the source. */
export function factSources({ id, capabilities, contextLength }: Pick<Model, "id" | "capabilities" | "contextLength">): {
  abilities: FactSource;
  context: FactSource;
} {
  const { prefix, name } = splitModelId(id);
  if (prefix === "local") return { abilities: "built-in", context: "built-in" };
  if (prefix === "ollama") return { abilities: "host", context: "host" };
  return {
    // Google tells which of its models make embeddings, and nothing else of what they can do.
    abilities: prefix === "google" && capabilities.embedding ? "host" : "catalogue",
    context: contextLength === knownModel(prefix, name).contextLength ? "catalogue" : "host",
  };
}
