import { setTimeout as sleep } from "node:timers/promises";
import { settleShellRecords } from "./record-shell";
import { shells } from "./shells";
import { stopShellSweep } from "./sweep-shells";

const goingAway = 1001;
const longestMs = 3_000;

/** Hangs up every shell and waits, three seconds at most, until they have ended. */
export async function shutDownShells(): Promise<void> {
  stopShellSweep();
  const all = [...shells().values()];
  for (const shell of all) {
    for (const viewer of shell.viewers) viewer.close(goingAway, "Hearth is being stopped.");
    shell.hangUp();
  }
  const deadline = Date.now() + longestMs;
  while (all.some(({ ended }) => !ended) && Date.now() < deadline) await sleep(20);
  await settleShellRecords();
}
