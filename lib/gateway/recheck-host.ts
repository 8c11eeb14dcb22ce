import type { ModelError, ModelFailure } from "@/lib/core/errors";
import { checkHost } from "./check-host";
import { gatewayState } from "./gateway-state";

const tellsOfTheHost = new Set<ModelFailure>(["host_refused", "key_rejected", "model_not_installed", "timed_out"]);

/** Checks a host at once when a call's failure says something of the host itself, so that pages do not show it as up. */
export function recheckHost(upstreamId: string, failure: ModelError): void {
  const host = gatewayState().hosts.get(upstreamId);
  if (host && host.upstream.kind !== "embedded" && tellsOfTheHost.has(failure.reason)) void checkHost(host);
}
