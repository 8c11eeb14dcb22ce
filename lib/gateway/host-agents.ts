import { Agent } from "undici";
import { processGlobal } from "@/lib/core/process-global";
import { gatewaySettings } from "./gateway-settings";

const agents = () => processGlobal<Map<string, Agent>>("gateway-agents", () => new Map());

/**
 * The connections to one host, kept alive between calls. Undici's own time limits on headers and body are off:
 * a cold load sends its headers with the first token, and the call's timers know better.
 */
export function agentOf(origin: string): Agent {
  const { connectTimeoutMs } = gatewaySettings();
  // Those that are open when the limit is changed serve their calls to the end.
  const key = `${origin} ${connectTimeoutMs}`;
  const known = agents().get(key);
  if (known) return known;
  const agent = new Agent({
    connect: { timeout: connectTimeoutMs },
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 30_000,
  });
  agents().set(key, agent);
  return agent;
}

/** Closes every connection to every host, those in use included. */
export async function closeAgents(): Promise<void> {
  const open = [...agents().values()];
  agents().clear();
  await Promise.all(open.map((agent) => agent.destroy()));
}
