import { env } from "@/lib/core/env";
import type { ModelError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { callError, hostLabel } from "./call-error";
import { listHostModels } from "./catalogue/list-host-models";
import { connectionError } from "./connection-error";
import { closeRefusedBreakers } from "./failover/close-breaker";
import { gatewaySettings } from "./gateway-settings";
import type { Host } from "./gateway-state";
import { serveAllAfresh } from "./queue/model-line";

/** A host that is down is asked more often: whoever starts it wants to use it. */
const checkEveryMs = () => ({ up: env().HEARTH_HOST_CHECK_MS, down: env().HEARTH_HOST_CHECK_MS / 3 });
const keptChecks = 60;

/** Asks a host for its models and notes what that tells. One check of a host at a time; never fails. */
export function checkHost(host: Host): Promise<void> {
  host.checking ??= check(host).finally(() => {
    host.checking = undefined;
    host.checkedAt = Date.now();
    host.nextCheckAt = host.checkedAt + withJitter(checkEveryMs()[host.state === "up" ? "up" : "down"]);
    serveAllAfresh();
  });
  return host.checking;
}

/** Checks a host after a change: a check under way may have begun before it, so that its result does not count. */
export async function checkAfresh(host: Host): Promise<void> {
  await host.checking;
  await checkHost(host);
}

async function check(host: Host): Promise<void> {
  const startedAt = performance.now();
  try {
    host.models = await listHostModels(host, AbortSignal.timeout(2 * gatewaySettings().connectTimeoutMs));
    host.checksMs = [...(host.checksMs ?? []), Math.round(performance.now() - startedAt)].slice(-keptChecks);
    note(host, "up");
  } catch (error) {
    note(host, "down", failureOf(error, host));
  }
}

function failureOf(error: unknown, host: Host): ModelError {
  if (!(error instanceof Error && error.name === "TimeoutError")) return connectionError(error, host);
  return callError("timed_out", `${hostLabel(host.upstream)} did not list its models in time.`);
}

function note(host: Host, state: "up" | "down", failure?: ModelError): void {
  if (host.state !== state) {
    if (state === "up") closeRefusedBreakers(host.upstream.id);
    host.since = new Date();
    log().info({ upstream: host.upstream.name, state, reason: failure?.reason }, "model host");
  }
  host.state = state;
  host.wasUp ||= state === "up";
  host.error = failure?.message;
  host.reason = failure?.reason;
}

/** Up to a fifth more or less, so that replicas do not ask in step. */
const withJitter = (ms: number) => ms * (0.8 + 0.4 * Math.random());
