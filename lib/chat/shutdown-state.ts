import { processGlobal } from "@/lib/core/process-global";

const state = () => processGlobal("shutdown-state", () => ({ begun: false }));

/** Whether this process is closing down and must not begin new work. */
export function isShuttingDown(): boolean {
  return state().begun;
}

/** From here on no new run begins on this instance. */
export function beginShutdown(): void {
  state().begun = true;
}
