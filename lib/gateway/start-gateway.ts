import { log } from "@/lib/core/log";
import { startCacheLoop } from "./cache/cache-loop";
import { currentHosts } from "./current-hosts";
import { startEmbedded } from "./embedded/start-embedded";
import { registerGatewayGauges } from "./gateway-gauges";
import { loadGatewaySettings } from "./gateway-settings";
import { gatewayState, type Host } from "./gateway-state";
import { startHealthLoop } from "./health-loop";
import { loadHostSettings } from "./host-settings";
import { reloadHosts } from "./load-hosts";
import { loadModelSettings } from "./model-settings";
import { loadPolicyRules } from "./policy/policy-rules";
import { startPrewarmLoop } from "./prewarm/prewarm-loop";
import { startUsageLoop } from "./usage/usage-loop";

/**
 * Begins the health checks and finds the embedded model. Waits at most half a second for hosts to answer; the embedded
 * model's default is fetched only when no host offers a model, which slow hosts have the time of their check to do.
 * Needs an open database.
 * @throws Error of one line when an address in the environment cannot be used
 */
export async function startGateway(): Promise<void> {
  await Promise.all([reloadHosts(), loadGatewaySettings(), loadHostSettings(), loadModelSettings(), loadPolicyRules()]);
  const hosts = await currentHosts();
  registerGatewayGauges();
  startHealthLoop();
  startUsageLoop();
  await startCacheLoop();
  startPrewarmLoop();
  const late = hosts.flatMap(({ checking }) => checking ?? []);
  await startEmbedded({ mayDownload: late.length === 0 && !hasChatModel(hosts) });
  if (late.length > 0) void fetchUnlessOffered(late);
}

/** Waits for the hosts that did not answer at once, and has the default fetched when they offer nothing either. */
async function fetchUnlessOffered(checks: Promise<void>[]): Promise<void> {
  const startedFor = gatewayState();
  try {
    await Promise.all(checks);
    const isStopped = gatewayState() !== startedFor;
    if (!isStopped && !hasChatModel([...startedFor.hosts.values()])) await startEmbedded();
  } catch (error) {
    log().error({ err: error }, "the embedded model could not be looked for");
  }
}

function hasChatModel(hosts: Host[]): boolean {
  return hosts.some(
    ({ upstream, models }) => upstream.enabled && upstream.kind !== "embedded" && models.some((model) => !model.capabilities.embedding),
  );
}
