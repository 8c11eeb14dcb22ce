import { isStillBroken } from "@/lib/gateway/failover/breaker-states";
import { listUpstreams } from "@/lib/gateway/hosts/list-upstreams";
import type { AlertProbes } from "@/lib/monitoring/alerts/measure";

/** What alerts ask of the gateway: monitoring knows none, so that whoever brings the process up hands it over. */
export const alertProbes: AlertProbes = {
  async hosts() {
    const hosts = (await listUpstreams()).filter(({ enabled, expected }) => enabled && expected);
    return hosts.map(({ id, name, state, lanes }) => ({
      id,
      name,
      isDown: state === "down",
      openBreakers: lanes.filter(({ breaker }) => isStillBroken(breaker)).length,
    }));
  },
};
