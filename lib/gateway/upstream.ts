import type { UpstreamKind } from "./contract";

/** A model host as the gateway uses it. `apiKey` is the plain key: it stays in lib/gateway. */
export type Upstream = {
  id: string;
  name: string;
  kind: UpstreamKind;
  /** Without a slash at the end; of Ollama without `/api`. Null for the embedded model. */
  baseUrl: string | null;
  apiKey?: string;
  source: "environment" | "saved" | "built-in";
  enabled: boolean;
};

/**
 * What stands before the slash in the ids of a host's models: `ollama`, `openai`, `anthropic`, `google`, `local`,
 * or the host's own name when it is some other compatible server. Of such servers, `vllm@a` and `vllm@b` both have
 * `vllm/…`: the same model on both is one model.
 */
export function prefixOf({ kind, name }: Pick<Upstream, "kind" | "name">): string {
  if (kind === "embedded") return "local";
  return kind === "openai-compatible" ? sharedName(name) : kind;
}

const ownPrefixes = ["ollama", "openai", "anthropic", "google"] as const;

/** The kind of the hosts that a model's id leads to: no other server may have one of Hearth's own names. */
export function kindOfModel(id: string): UpstreamKind {
  const { prefix } = splitModelId(id);
  return prefix === "local" ? "embedded" : (ownPrefixes.find((kind) => kind === prefix) ?? "openai-compatible");
}

/** Whether hosts of a kind speak OpenAI's protocol: they read its requests as they are, and have replies as streams and as a whole. */
export const speaksOpenai = (kind: UpstreamKind): boolean => kind === "openai" || kind === "openai-compatible";

/** A host's name without what tells it apart from others that have the same models. */
export const sharedName = (name: string): string => name.replace(/@.*$/, "");

/** Splits a model's id at its first slash, as in `ollama/hf.co/someone/model`. */
export function splitModelId(id: string): { prefix: string; name: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { prefix: "", name: id } : { prefix: id.slice(0, slash), name: id.slice(slash + 1) };
}
