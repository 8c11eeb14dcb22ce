import type { Model } from "./contract";
import { listModels } from "./list-models";
import { modelsFor, type Viewer } from "./policy/models-for";
import { splitModelId } from "./upstream";

/**
 * The model of whoever has not chosen one: a chat model on a host that is up, the embedded one only when there is no other.
 * Among several: one that is loaded, then one with tools, then the hosts' own order. Null when no model is usable.
 * @param viewer who asks, whose models alone come into question
 */
export async function defaultModelId(viewer: Viewer): Promise<string | null> {
  const usable = (await modelsFor(await listModels(), viewer)).filter(
    (model) => !model.capabilities.embedding && model.upstreams.some(({ state }) => state === "up"),
  );
  const [best] = usable.toSorted((a, b) => rank(a) - rank(b));
  return best?.id ?? null;
}

function rank({ id, upstreams, capabilities }: Model): number {
  const isEmbedded = splitModelId(id).prefix === "local" ? 4 : 0;
  const isCold = upstreams.some(({ loaded }) => loaded) ? 0 : 2;
  return isEmbedded + isCold + (capabilities.tools ? 0 : 1);
}
