import { db } from "@/db/database";
import { flushChunks } from "@/db/queries/run-chunks";
import { log } from "@/lib/core/log";
import { liveRuns } from "./live-runs";
import { sendSignal } from "./signals";

/** How often new chunks are stored: with the time a write takes, at most 400 ms of a reply can be lost. */
export const flushEveryMs = 200;

/**
 * Stores what every live run has emitted since the last flush, in one statement for all of them.
 * Chunks whose write failed, or whose acknowledgement was lost, are written again by the next flush.
 */
export async function flushRunLogs(): Promise<void> {
  const taken = liveRuns().flatMap((run) => {
    const batch = run.stored && !run.log.isSealed ? run.log.unstored() : null;
    return batch ? [{ run, batch }] : [];
  });
  if (taken.length === 0) return;
  try {
    await flushChunks(
      db(),
      taken.map(({ run, batch }) => ({ runId: run.id, ...batch })),
    );
  } catch (error) {
    log().error({ err: error, runs: taken.length }, "storing chunks failed; they are kept and tried again");
    return;
  }
  for (const { run, batch } of taken) run.log.markStored(batch.firstSeq + batch.chunks.length);
  await sendSignal({ kind: "chunks", runIds: taken.map(({ run }) => run.id) });
}
