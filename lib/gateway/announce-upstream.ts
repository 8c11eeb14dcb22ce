import { gatewayState } from "./gateway-state";
import { checkDueHosts } from "./health-loop";
import { reloadHosts } from "./load-hosts";
import { toUpstreamState, type UpstreamState } from "./upstream-states";

/** Makes this process use the stored hosts as they are now, and checks what is new. @returns the host's state, or null when it is gone */
export async function announceUpstream(id: string): Promise<UpstreamState | null> {
  await reloadHosts();
  void checkDueHosts();
  const host = gatewayState().hosts.get(id);
  return host ? toUpstreamState(host) : null;
}
