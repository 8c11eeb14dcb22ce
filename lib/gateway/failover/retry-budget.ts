import { processGlobal } from "@/lib/core/process-global";

/** Each call earns a tenth of a retry, so that retries stay below 10 % of the traffic. */
const earnedPerCall = 0.1;
/** Most that quiet times may save up, and what a new process begins with. */
const mostSaved = 10;

const budget = () => processGlobal("gateway-retry-budget", () => ({ saved: mostSaved }));

/** A call begins: it earns its part of a retry. */
export function earnRetry(): void {
  budget().saved = Math.min(mostSaved, budget().saved + earnedPerCall);
}

/** Takes one retry out of the budget. False when there is none left: asking once more would only add to a host's trouble. */
export function spendRetry(): boolean {
  // Ten tenths add up to a little less than one.
  if (budget().saved < 1 - 1e-9) return false;
  budget().saved -= 1;
  return true;
}
