import { db } from "@/db/database";
import { deleteChunks } from "@/db/queries/run-chunks";
import { listUncollapsedRuns } from "@/db/queries/runs";

/** Removes the logs of runs that ended `afterS` seconds ago or before, all there are: their messages hold everything. */
export async function collapseRunLogs(afterS: number): Promise<void> {
  for (;;) {
    const ended = await listUncollapsedRuns(db(), afterS);
    if (ended.length === 0) return;
    await deleteChunks(
      db(),
      ended.map(({ id }) => id),
    );
  }
}
