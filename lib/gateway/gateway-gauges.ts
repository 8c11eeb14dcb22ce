import { boundedLabel } from "@/lib/monitoring/metrics/bounded-label";
import { registerGauge } from "@/lib/monitoring/metrics/registry";
import { breakerStates } from "./failover/breaker-states";
import { gatewayState } from "./gateway-state";
import { queueStates } from "./queue/queue-states";

const nameOf = (hostId: string) => gatewayState().hosts.get(hostId)?.upstream.name ?? hostId;
const byModel = (modelId: string) => ({ model: boundedLabel("model", modelId) });

/** Adds what the gateway knows of its queues, breakers and hosts to the metrics. */
export function registerGatewayGauges(): void {
  registerGauge({
    ...{ name: "hearth_calls_running", help: "Calls that a host is answering", labelNames: ["model"] },
    read: () => queueStates().map(({ modelId, running }) => ({ labels: byModel(modelId), value: running })),
  });
  registerGauge({
    ...{ name: "hearth_calls_waiting", help: "Calls that wait for a place at a host", labelNames: ["model"] },
    read: () => queueStates().map(({ modelId, waiting }) => ({ labels: byModel(modelId), value: waiting })),
  });
  registerGauge({
    ...{
      name: "hearth_breaker_open",
      help: "1 while a model is left alone at a host, 0.5 while it is tried or would be with the next call",
      labelNames: ["host", "model"],
    },
    read: () =>
      breakerStates().map(({ hostId, model, state, until }) => ({
        labels: { host: boundedLabel("host", nameOf(hostId)), ...byModel(model) },
        value: state === "closed" ? 0 : until && until.getTime() > Date.now() ? 1 : 0.5,
      })),
  });
  registerGauge({
    ...{ name: "hearth_host_up", help: "1 for a model host that answers, 0 for one that does not", labelNames: ["host"] },
    read: () =>
      [...gatewayState().hosts.values()]
        .filter(({ upstream, state }) => upstream.enabled && state !== "unknown")
        .map(({ upstream, state }) => ({ labels: { host: boundedLabel("host", upstream.name) }, value: state === "up" ? 1 : 0 })),
  });
}
