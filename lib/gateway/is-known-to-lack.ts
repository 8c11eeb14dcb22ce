import type { Model } from "./contract";
import { kindOfModel } from "./upstream";

/**
 * Whether a model cannot do something, and leaves out what is asked of it without a word or fails. Ollama and the embedded
 * model tell what they can do; what is listed of other hosts' models is a guess by their names, which keeps nothing from them.
 * @param model null for one that no host has told of
 */
export function isKnownToLack(ability: "tools" | "vision", model: Model | null): boolean {
  if (!model || model.capabilities[ability]) return false;
  const kind = kindOfModel(model.id);
  return kind === "ollama" || kind === "embedded";
}
