import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import type { Db } from "../database";
import { runChunks } from "../schema/chat";

export type ChunkBatch = typeof runChunks.$inferInsert;

/** Stores flushed chunks of any number of runs in one statement. Chunks stored before are left as they are. */
export async function saveChunks(db: Db, batches: ChunkBatch[]): Promise<void> {
  if (batches.length > 0) await db.insert(runChunks).values(batches).onConflictDoNothing();
}

/** The stored chunks of a run from number `from` on, in order. The caller has checked whose run it is. */
export async function listChunks(db: Db, runId: string, from: number) {
  const batches = await db
    .select()
    .from(runChunks)
    .where(and(eq(runChunks.runId, runId), gte(sql`${runChunks.firstSeq} + jsonb_array_length(${runChunks.chunks})`, from + 1)))
    .orderBy(asc(runChunks.firstSeq));
  return batches
    .flatMap(({ firstSeq, chunks }) => chunks.map((chunk, index) => ({ seq: firstSeq + index, chunk })))
    .filter(({ seq }) => seq >= from);
}

/** Removes the logs of runs whose messages hold it all. */
export async function deleteChunks(db: Db, runIds: string[]): Promise<void> {
  if (runIds.length > 0) await db.delete(runChunks).where(inArray(runChunks.runId, runIds));
}
