import { clearProcessGlobal } from "@/lib/core/process-global";
import { flushCalls } from "@/lib/monitoring/calls/save-call";
import { stopCacheLoop } from "./cache/cache-loop";
import { stopEmbedded } from "./embedded/stop-embedded";
import { stopHealthLoop } from "./health-loop";
import { closeAgents } from "./host-agents";
import { stopPulls } from "./ollama/pulls";
import { flushSettlements } from "./policy/settlements";
import { stopPrewarmLoop } from "./prewarm/prewarm-loop";
import { stopUsageLoop } from "./usage/usage-loop";

/** Ends the checks, the embedded model and every connection, then stores what waits. Before the database closes. */
export async function stopGateway(): Promise<void> {
  stopHealthLoop();
  stopPrewarmLoop();
  // What breaks off here leaves a record too.
  await Promise.all([stopPulls(), stopEmbedded(), closeAgents()]);
  await Promise.all([flushCalls(), flushSettlements(), stopUsageLoop(), stopCacheLoop()]);
  for (const name of ["gateway", "gateway-model-settings", "policy-rules", "policy-members", "cache-memory", "cache-questions"])
    clearProcessGlobal(name);
}
