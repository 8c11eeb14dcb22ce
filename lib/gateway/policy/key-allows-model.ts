import type { KeyGrant } from "@/lib/http/caller";

/**
 * Whether an API key may use a model, by the model's public id. Without a key, and for a key that names no models, all are.
 * A pattern is an id, or the beginning of ids with `*` for the rest. `auto` needs no permission of
 * its own: it chooses among those that the key allows.
 */
export function keyAllowsModel(grant: Pick<KeyGrant, "models"> | undefined, modelId: string): boolean {
  if (!grant?.models) return true;
  const id = withTag(modelId);
  return grant.models.some((pattern) => (pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === withTag(pattern)));
}

/** For Ollama, `name` and `name:latest` are one model. */
const withTag = (id: string) => (id.startsWith("ollama/") && !id.includes(":") ? `${id}:latest` : id);
