import { embeddedHost } from "./embedded-host";
import type { Host } from "./gateway-state";
import { checkDueHosts } from "./health-loop";
import { loadHosts } from "./load-hosts";

/** The longest that the very first look at the hosts waits for their answers. */
const firstLookMs = 500;

/**
 * Every host as last known, without waiting for any: what is due for a check is checked in the background. Only while a
 * host has never been checked does it wait, and then at most half a second.
 */
export async function currentHosts(): Promise<Host[]> {
  const hosts = await loadHosts();
  const checks = checkDueHosts();
  const isUnseen = hosts.some(({ upstream, checkedAt }) => upstream.enabled && upstream.kind !== "embedded" && checkedAt === 0);
  if (isUnseen) await Promise.race([checks, new Promise((resolve) => setTimeout(resolve, firstLookMs).unref())]);
  return hosts.map((host) => (host.upstream.kind === "embedded" ? embeddedHost(host) : host));
}
