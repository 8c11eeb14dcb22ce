import { embeddedHost } from "./embedded-host";
import { gatewayState, type Host } from "./gateway-state";
import { checkDueHosts } from "./health-loop";
import { loadHosts } from "./load-hosts";

/** The longest that the process's very first look at the hosts waits for their answers. */
const firstLookMs = 500;

/**
 * Every host as last known, without waiting for any: what is due for a check is checked in the background. Only the
 * process's first look waits, once for all who look meanwhile, and at most half a second; hosts added later are not waited for.
 */
export async function currentHosts(): Promise<Host[]> {
  await loadHosts();
  const checks = checkDueHosts();
  const state = gatewayState();
  state.firstLook ??= Promise.race([checks, new Promise<void>((resolve) => setTimeout(resolve, firstLookMs).unref())]);
  await state.firstLook;
  return knownHosts();
}

/** Every host as it is known at this moment. Empty before the first look. */
export function knownHosts(): Host[] {
  return [...gatewayState().hosts.values()].map((host) => (host.upstream.kind === "embedded" ? embeddedHost(host) : host));
}
