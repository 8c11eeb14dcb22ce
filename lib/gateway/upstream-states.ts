import { currentHosts } from "./current-hosts";
import type { Host } from "./gateway-state";
import { isExpected } from "./is-expected";
import type { Upstream } from "./upstream";

/** A host as settings and health pages show it: never with its key. */
export type UpstreamState = Pick<Upstream, "id" | "name" | "kind" | "baseUrl" | "source" | "enabled"> &
  Pick<Host, "state" | "since" | "error"> & {
    hasKey: boolean;
    modelCount: number;
    /** False for what Hearth tries by itself and nobody set up: that it does not answer is no outage. */
    expected: boolean;
  };

/** Every host with its health, in the order of preference, without waiting for any. */
export async function upstreamStates(): Promise<UpstreamState[]> {
  return (await currentHosts()).map(toUpstreamState);
}

/** One host's state without its secrets. */
export function toUpstreamState(host: Host): UpstreamState {
  const { upstream, state, since, error, models } = host;
  const { id, name, kind, baseUrl, source, enabled, apiKey } = upstream;
  return {
    id,
    name,
    kind,
    baseUrl,
    source,
    enabled,
    hasKey: Boolean(apiKey),
    state: enabled ? state : "unknown",
    since,
    error,
    modelCount: models.length,
    expected: isExpected(host),
  };
}
