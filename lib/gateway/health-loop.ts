import { checkHost } from "./check-host";
import { gatewayState } from "./gateway-state";
import { loadHosts } from "./load-hosts";

const tickMs = 1_000;

/** Checks each enabled host in the background when its time has come, until `stopHealthLoop`. */
export function startHealthLoop(): void {
  const state = gatewayState();
  state.timer ??= setInterval(() => void checkDueHosts(), tickMs).unref();
}

/** Ends the background checks. */
export function stopHealthLoop(): void {
  clearInterval(gatewayState().timer);
  gatewayState().timer = undefined;
}

/** Starts a check of every host whose time has come; settles when these checks have ended. */
export async function checkDueHosts(): Promise<void> {
  const now = Date.now();
  const due = (await loadHosts()).filter((host) => host.upstream.enabled && host.upstream.kind !== "embedded" && host.nextCheckAt <= now);
  await Promise.all(due.map(checkHost));
}
