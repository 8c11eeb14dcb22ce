import { callError, hostLabel } from "../call-error";
import type { Upstream } from "../upstream";

/** Asks an Ollama to do something with a model, and gives it so long, in milliseconds. @throws ModelError `timed_out` after that; what `ask` throws */
export async function inTime<T>(
  { upstream, name, limitMs }: { upstream: Upstream; name: string; limitMs: number },
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await ask(AbortSignal.timeout(limitMs));
  } catch (error) {
    if (!(error instanceof Error && error.name === "TimeoutError")) throw error;
    throw callError("timed_out", `${hostLabel(upstream)} was not done with ${name} after ${Math.round(limitMs / 1000)} seconds.`);
  }
}
