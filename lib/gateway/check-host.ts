import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { listHostModels } from "./catalogue/list-host-models";
import { connectionError } from "./connection-error";
import type { Host } from "./gateway-state";

/** A host that is down is asked more often: whoever starts it wants to use it. */
const checkEveryMs = { up: 15_000, down: 5_000 };

/** Asks a host for its models and notes what that tells. One check of a host at a time; never fails. */
export function checkHost(host: Host): Promise<void> {
  host.checking ??= check(host).finally(() => {
    host.checking = undefined;
    host.checkedAt = Date.now();
    host.nextCheckAt = host.checkedAt + withJitter(host.state === "up" ? checkEveryMs.up : checkEveryMs.down);
  });
  return host.checking;
}

async function check(host: Host): Promise<void> {
  try {
    host.models = await listHostModels(host, AbortSignal.timeout(2 * env().HEARTH_CONNECT_TIMEOUT_MS));
    note(host, "up");
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    note(host, "down", timedOut ? `${host.upstream.name} does not answer.` : connectionError(error, host).message);
  }
}

function note(host: Host, state: "up" | "down", error?: string): void {
  if (host.state !== state) {
    host.since = new Date();
    log().info({ upstream: host.upstream.name, state, error }, "model host");
  }
  host.state = state;
  host.error = error;
}

/** Up to a fifth more or less, so that replicas do not ask in step. */
const withJitter = (ms: number) => ms * (0.8 + 0.4 * Math.random());
