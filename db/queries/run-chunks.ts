import { and, asc, eq, gte, inArray, sql } from "drizzle-orm";
import type { Db } from "../database";
import { runChunks } from "../schema/chat";

export type ChunkBatch = typeof runChunks.$inferInsert;

// A write whose acknowledgement was lost is repeated with what came since: the longer batch holds the shorter.
const keepLonger = {
  target: [runChunks.runId, runChunks.firstSeq],
  set: { chunks: sql`excluded.chunks` },
  setWhere: sql`jsonb_array_length(excluded.chunks) > jsonb_array_length(run_chunks.chunks)`,
};

/** Stores chunks of runs. Of two batches of a run that begin with the same number the longer one is kept. */
export async function saveChunks(db: Db, batches: ChunkBatch[]): Promise<void> {
  if (batches.length > 0) await db.insert(runChunks).values(batches).onConflictDoUpdate(keepLonger);
}

/** As `saveChunks`, in one statement of one parameter however many runs there are. Those of runs that have ended, or are gone, are left out. */
export async function flushChunks(db: Db, batches: ChunkBatch[]): Promise<void> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(batches)}::text::jsonb) as given("runId" uuid, "firstSeq" integer, chunks jsonb)`;
  await db
    .insert(runChunks)
    .select(
      sql`select "runId", "firstSeq", given.chunks from ${given} where exists (select 1 from runs where runs.id = "runId" and runs.status = 'running')`,
    )
    .onConflictDoUpdate(keepLonger);
}

/** The stored chunks of a run from number `from` on, each once, in order. The caller has checked whose run it is. */
export async function listChunks(db: Db, runId: string, from: number) {
  const batches = await db
    .select()
    .from(runChunks)
    .where(and(eq(runChunks.runId, runId), gte(sql`${runChunks.firstSeq} + jsonb_array_length(${runChunks.chunks})`, from + 1)))
    .orderBy(asc(runChunks.firstSeq));
  let next = from;
  return batches.flatMap(({ firstSeq, chunks }) => {
    const numbered = chunks.map((chunk, index) => ({ seq: firstSeq + index, chunk })).filter(({ seq }) => seq >= next);
    next = Math.max(next, firstSeq + chunks.length);
    return numbered;
  });
}

/** Removes the logs of runs whose messages hold it all. */
export async function deleteChunks(db: Db, runIds: string[]): Promise<void> {
  if (runIds.length > 0) await db.delete(runChunks).where(inArray(runChunks.runId, runIds));
}
