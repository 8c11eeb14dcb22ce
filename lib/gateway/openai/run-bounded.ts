import { createContext, Script } from "node:vm";

const frame = createContext({ run: undefined as (() => unknown) | undefined });
const script = new Script("run()");

/**
 * Runs something that must not wait, and ends it in the middle when it takes longer than `limitMs`: for work whose length
 * somebody else decides. Takes up to a millisecond more than the work itself.
 * @returns what it gives, or `timedOut`
 */
export function runBounded<Value>(work: () => Value, limitMs: number): Value | typeof timedOut {
  frame.run = work;
  try {
    return script.runInContext(frame, { timeout: limitMs }) as Value;
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_TIMEOUT") return timedOut;
    throw error;
  } finally {
    frame.run = undefined;
  }
}

export const timedOut = Symbol("timed out");
