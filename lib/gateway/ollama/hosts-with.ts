import { ConflictError, NotFoundError } from "@/lib/core/errors";
import { currentHosts } from "../current-hosts";
import type { Host } from "../gateway-state";
import { findHostModel } from "../host-model";
import { getHost } from "../hosts/get-host";
import { prefixOf, splitModelId } from "../upstream";

/** Which model, and on which host when it is not all that have it. */
export type ModelOnHosts = { modelId: string; upstreamId?: string };

/**
 * The hosts that list a model, in the order of preference.
 * @throws NotFoundError when there is no such model, or not on the host that was named
 */
export async function hostsWith({ modelId, upstreamId }: ModelOnHosts): Promise<{ hosts: Host[]; name: string }> {
  const { prefix, name } = splitModelId(modelId);
  const asked = upstreamId === undefined ? await currentHosts() : [await getHost(upstreamId)];
  const hosts = asked.filter((host) => host.upstream.enabled && prefixOf(host.upstream) === prefix && findHostModel(host, name));
  const [first] = hosts;
  const found = first && findHostModel(first, name);
  if (!found) throw new NotFoundError("model", modelId);
  return { hosts, name: found.name };
}

/** The same of Ollamas alone. @throws NotFoundError · ConflictError for models of another kind of host */
export async function ollamasWith(wanted: ModelOnHosts): Promise<{ hosts: Host[]; name: string }> {
  const found = await hostsWith(wanted);
  if (found.hosts.some(({ upstream }) => upstream.kind !== "ollama"))
    throw new ConflictError(`${wanted.modelId} is not a model of an Ollama. Its host alone can do that.`);
  return found;
}
