import type { Model } from "./contract";
import { splitModelId } from "./upstream";

/** What stands before the slash in the ids of models that run on one's own machines: they cost nothing unless a price is set. */
const ownKinds = new Set(["local", "ollama"]);

/** Whether a model costs somebody money and nobody knows how much, so that its calls count as if they cost nothing. */
export function lacksPrice({ id, pricing }: Pick<Model, "id" | "pricing">): boolean {
  return pricing === undefined && !ownKinds.has(splitModelId(id).prefix);
}
