import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/core/log";
import { liveRuns } from "./live-runs";
import { beginShutdown } from "./shutdown-state";

/** How long running replies may go on after the signal to stop. */
const finishWithinMs = 6_000;
/** How long the ends of those that did not finish may take to store. */
const storeWithinMs = 2_000;

/** Lets running replies finish for a while, then ends the others as `interrupted`, their text kept. */
export async function shutDownRuns(): Promise<void> {
  beginShutdown();
  const all = Promise.all(liveRuns().map((run) => run.done));
  const finished = await Promise.race([all.then(() => true), sleep(finishWithinMs, false, { ref: false })]);
  if (finished) return;
  for (const run of liveRuns()) run.controller.abort("interrupted");
  const stored = await Promise.race([all.then(() => true), sleep(storeWithinMs, false, { ref: false })]);
  log().info({ stored }, "replies still running were marked interrupted");
}
