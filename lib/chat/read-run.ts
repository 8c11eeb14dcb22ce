import { db } from "@/db/database";
import { getRun } from "@/db/queries/runs";
import { type Run, run } from "./shapes";
import { findTemporaryRun } from "./temporary-run";

/** How a run stands. @throws NotFoundError for a run that is not the owner's */
export async function readRun(by: { runId: string; ownerId: string }): Promise<Run> {
  return findTemporaryRun(by) ?? run.parse(await getRun(db(), { id: by.runId, ownerId: by.ownerId }));
}
