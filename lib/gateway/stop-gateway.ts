import { clearProcessGlobal } from "@/lib/core/process-global";
import { stopEmbedded } from "./embedded/stop-embedded";
import { stopHealthLoop } from "./health-loop";
import { closeAgents } from "./host-agents";
import { flushCalls } from "./save-call";

/** Ends the checks, the embedded model and every connection, and stores the records that wait. Before the database closes. */
export async function stopGateway(): Promise<void> {
  stopHealthLoop();
  await Promise.all([stopEmbedded(), flushCalls()]);
  await closeAgents();
  clearProcessGlobal("gateway");
}
