import type { Model } from "./contract";
import { findPrice } from "./cost";
import { currentHosts } from "./current-hosts";
import type { Host, HostModel } from "./gateway-state";
import { isLoaded } from "./is-loaded";
import { prefixOf, splitModelId } from "./upstream";

/**
 * Every model that some enabled host has or had, in the hosts' order; the same model on several hosts is one entry.
 * Answers from what is known and checks in the background: a dead host's models stay, marked as down.
 */
export async function listModels(): Promise<Model[]> {
  const models = new Map<string, Model>();
  for (const host of await currentHosts()) {
    if (!host.upstream.enabled) continue;
    for (const hostModel of host.models) addTo(models, host, hostModel);
  }
  return [...models.values()];
}

/** One model by its id, or null when no host lists it. `ollama/name` is `ollama/name:latest`. */
export async function findModel(id: string): Promise<Model | null> {
  return pickModel(await listModels(), id);
}

/** The same among models that are at hand. */
export function pickModel(models: Model[], id: string): Model | null {
  const { prefix, name } = splitModelId(id);
  const exact = models.find((model) => model.id === id);
  return exact ?? models.find((model) => prefix === "ollama" && model.id === `ollama/${name}:latest`) ?? null;
}

function addTo(models: Map<string, Model>, { upstream, state }: Host, hostModel: HostModel): void {
  const id = `${prefixOf(upstream)}/${hostModel.name}`;
  const where = { name: upstream.name, state, loaded: state === "up" && isLoaded(hostModel) };
  const known = models.get(id);
  if (known) {
    known.upstreams.push(where);
    // The host that is asked may be any of them: promise what all can do and take.
    known.capabilities = commonCapabilities(known.capabilities, hostModel.capabilities);
    known.contextLength = smaller(known.contextLength, hostModel.contextLength);
    return;
  }
  const price = findPrice(id);
  models.set(id, {
    id,
    name: hostModel.name,
    upstreams: [where],
    capabilities: { ...hostModel.capabilities },
    contextLength: hostModel.contextLength,
    ...(price && { pricing: { inputUsdPerMTok: price.inputUsdPerMTok, outputUsdPerMTok: price.outputUsdPerMTok } }),
  });
}

/** `embedding` says what a model cannot do, which is chat: it holds for all as soon as it holds for one. */
function commonCapabilities(a: Model["capabilities"], b: Model["capabilities"]): Model["capabilities"] {
  return {
    tools: a.tools && b.tools,
    vision: a.vision && b.vision,
    thinking: a.thinking && b.thinking,
    json: a.json && b.json,
    embedding: a.embedding || b.embedding,
  };
}

const smaller = (a: number | null, b: number | null) => (a === null || b === null ? (a ?? b) : Math.min(a, b));
