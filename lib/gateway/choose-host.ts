import { callError, type Target } from "./call-error";
import { currentHosts } from "./current-hosts";
import type { Host, HostModel } from "./gateway-state";
import { findHostModel } from "./host-model";
import { isLoaded } from "./is-loaded";
import { prefixOf, splitModelId } from "./upstream";

/** The host to ask and what is known of the model there; `known` is undefined when the host did not list it. */
export type Choice = { target: Target; known: HostModel | undefined };

/**
 * The policy stage: whether the model may be called, and at which of its hosts.
 * Prefers hosts that are up, have the model, and have it loaded. A host that seems down is still asked when no other has
 * the model: it may be back, and what it answers is the true reason. One that lists its models without this one is asked last.
 * @throws ModelError `no_model` when no host has such models, or the model cannot chat
 */
export async function chooseHost(modelId: string): Promise<Choice> {
  const { prefix, name } = splitModelId(modelId);
  const candidates = (await currentHosts())
    .filter(({ upstream }) => upstream.enabled && prefixOf(upstream) === prefix && name !== "")
    .map((host) => ({ host, known: findHostModel(host, name) }));
  const [best] = candidates.toSorted((a, b) => rank(a) - rank(b));
  if (!best) throw callError("no_model", `There is no model host for ${modelId}.`);
  if (best.known?.capabilities.embedding) throw callError("no_model", `${modelId} makes embeddings and cannot chat.`);
  return { target: { upstream: best.host.upstream, modelId, modelName: name }, known: best.known };
}

function rank({ host, known }: { host: Host; known: HostModel | undefined }): number {
  if (host.state === "unknown") return 2;
  if (host.state === "down") return known ? 3 : 5;
  if (!known) return 4;
  return isLoaded(known) ? 0 : 1;
}
