import { env } from "@/lib/core/env";
import { processGlobal } from "@/lib/core/process-global";
import type { TerminalState } from "./contract";
import { loadPty } from "./load-libraries";

/** Whether there are terminals here, and if not, why. Plain `next start` hands out no WebSockets, so there are none there. */
export async function terminalState(): Promise<TerminalState> {
  if (env().HEARTH_TERMINAL === "off") return "off";
  if (!processGlobal<unknown>("listening", () => null)) return "no-server";
  return (await loadPty()) ? "ready" : "no-pty";
}
