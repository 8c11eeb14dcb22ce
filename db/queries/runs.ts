import { and, asc, desc, eq, getTableColumns, inArray, isNotNull, isNull, lt, notExists, or, sql } from "drizzle-orm";
import { alias, type PgInsertValue } from "drizzle-orm/pg-core";
import { NotFoundError } from "@/lib/core/errors";
import type { Cursor } from "@/lib/http/page";
import type { Db } from "../database";
import { conversations, runs } from "../schema/chat";
import type { RunError } from "../schema/json";

export type RunRow = typeof runs.$inferSelect;
/** What is needed to write a run. */
export type RunTask = Pick<RunRow, "id" | "ownerId" | "conversationId" | "messageId" | "options" | "continues">;
type By = { id: string; ownerId: string };
type Ended = { status: RunRow["status"]; model?: string; error?: RunError };

const live = inArray(runs.status, ["queued", "running"]);

/** One run. @throws NotFoundError also for another owner's */
export async function getRun(db: Db, by: By): Promise<RunRow> {
  const [found] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.id, by.id), eq(runs.ownerId, by.ownerId)));
  if (!found) throw new NotFoundError("run", by.id);
  return found;
}

type ListBy = { ownerId: string; limit: number; cursor?: Cursor; conversationId?: string; status?: RunRow["status"] };

/** An owner's runs, newest first; one more than `limit` when there are more. */
export function listRuns(db: Db, { ownerId, limit, cursor, conversationId, status }: ListBy): Promise<RunRow[]> {
  const after = cursor && sql`(${runs.queuedAt}, ${runs.id}) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
  const of = conversationId ? eq(runs.conversationId, conversationId) : undefined;
  return db
    .select()
    .from(runs)
    .where(and(eq(runs.ownerId, ownerId), of, status && eq(runs.status, status), after))
    .orderBy(desc(runs.queuedAt), desc(runs.id))
    .limit(limit + 1);
}

/** The runs of a conversation that are writing or waiting, the writing one first. */
export function listLiveRuns(db: Db, by: { conversationId: string; ownerId: string }): Promise<RunRow[]> {
  return db
    .select()
    .from(runs)
    .where(and(eq(runs.conversationId, by.conversationId), eq(runs.ownerId, by.ownerId), live))
    .orderBy(sql`${runs.status} = 'queued'`, asc(runs.queuedAt), asc(runs.id));
}

/** Stores a new run. It stands in line from this moment: `now()` is when its transaction began, which may be before that of one ahead. */
export async function saveRun(db: Db, values: PgInsertValue<typeof runs>): Promise<RunRow> {
  const [stored] = await db
    .insert(runs)
    .values({ queuedAt: sql`clock_timestamp()`, ...values })
    .returning();
  return stored as RunRow;
}

/**
 * Makes the oldest waiting run of a conversation the running one, for `instanceId`, unless one is running.
 * Only in a transaction that has locked the conversation: a statement sees what was stored when it began,
 * so without the lock two claims at once would each find nothing running.
 * @returns the run; `overtakes` when another still waits for an approval
 */
export async function claimNextRun(
  tx: Db,
  by: { conversationId: string; instanceId: string },
): Promise<(RunRow & { overtakes: boolean }) | null> {
  const other = alias(runs, "other");
  const running = tx
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.conversationId, by.conversationId), eq(other.status, "running")));
  const next = tx
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.conversationId, by.conversationId), eq(runs.status, "queued"), notExists(running)))
    .orderBy(asc(runs.queuedAt), asc(runs.id))
    .limit(1);
  // Asked along, so that the next message waits for no statement more.
  const overtakes = sql<boolean>`exists (
    select 1 from runs waiting where waiting.conversation_id = ${by.conversationId} and waiting.status = 'awaiting-approval')`;
  const [claimed] = await tx
    .update(runs)
    .set({ status: "running", instanceId: by.instanceId, startedAt: sql`clock_timestamp()`, heartbeatAt: sql`now()` })
    // Named again, because one that waits can be stopped without the lock.
    .where(and(inArray(runs.id, next), eq(runs.status, "queued")))
    .returning({ ...getTableColumns(runs), overtakes });
  return claimed ?? null;
}

/** Writes how a run ended, unless it has ended already. @returns whether this call ended it */
export async function endRun(db: Db, id: string, { status, model, error }: Ended): Promise<boolean> {
  const ended = await db
    .update(runs)
    .set({ status, error, endedAt: sql`now()`, ...(model && { model }) })
    .where(and(eq(runs.id, id), live))
    .returning({ id: runs.id });
  return ended.length > 0;
}

/** Ends the run of a conversation that waits for an approval, if one does. @returns it */
export async function endWaitingRun(
  db: Db,
  by: { conversationId: string; ownerId: string },
  status: "complete" | "stopped",
): Promise<RunRow | null> {
  const [ended] = await db
    .update(runs)
    .set({ status })
    .where(and(eq(runs.conversationId, by.conversationId), eq(runs.ownerId, by.ownerId), eq(runs.status, "awaiting-approval")))
    .returning();
  return ended ?? null;
}

/** The newest run that writes a message. @throws NotFoundError */
export async function getNewestRunOf(db: Db, by: { messageId: string; ownerId: string }): Promise<RunRow> {
  const [found] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.messageId, by.messageId), eq(runs.ownerId, by.ownerId)))
    .orderBy(desc(runs.queuedAt), desc(runs.id))
    .limit(1);
  if (!found) throw new NotFoundError("run of the reply", by.messageId);
  return found;
}

/** Leaves word for whichever instance writes the run to stop it. */
export async function requestStop(db: Db, by: By): Promise<void> {
  await db
    .update(runs)
    .set({ stopRequestedAt: sql`now()` })
    .where(and(eq(runs.id, by.id), eq(runs.ownerId, by.ownerId), live));
}

/** Says that runs which an instance is writing are alive. @returns those that are still running, and whether someone asked to stop them */
export async function beatHearts(
  db: Db,
  by: { ids: string[]; instanceId: string },
): Promise<{ id: string; stopRequestedAt: Date | null }[]> {
  if (by.ids.length === 0) return [];
  return db
    .update(runs)
    .set({ heartbeatAt: sql`now()` })
    .where(and(inArray(runs.id, by.ids), eq(runs.instanceId, by.instanceId), eq(runs.status, "running")))
    .returning({ id: runs.id, stopRequestedAt: runs.stopRequestedAt });
}

/** Running runs whose instance has not been heard of for `silentS` seconds. */
export function listSilentRuns(db: Db, silentS: number): Promise<RunRow[]> {
  const silent = or(lt(runs.heartbeatAt, sql`now() - make_interval(secs => ${silentS})`), sql`${runs.heartbeatAt} is null`);
  return db
    .select()
    .from(runs)
    .where(and(eq(runs.status, "running"), silent));
}

/** Conversations in which a run waits though none is running: what an instance that died, or could not start it, leaves behind. */
export function listStalledConversations(db: Db): Promise<{ conversationId: string; ownerId: string }[]> {
  const other = alias(runs, "other");
  const running = db
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.conversationId, runs.conversationId), eq(other.status, "running")));
  return db
    .selectDistinct({ conversationId: runs.conversationId, ownerId: runs.ownerId })
    .from(runs)
    .innerJoin(conversations, and(eq(conversations.id, runs.conversationId), isNull(conversations.deletedAt)))
    .where(and(eq(runs.status, "queued"), notExists(running)));
}

/** Ended runs whose log is still there `afterS` seconds later. */
export function listUncollapsedRuns(db: Db, afterS: number): Promise<{ id: string }[]> {
  return db
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        isNotNull(runs.endedAt),
        lt(runs.endedAt, sql`now() - make_interval(secs => ${afterS})`),
        sql`exists (select 1 from run_chunks where run_chunks.run_id = ${runs.id})`,
      ),
    )
    .limit(500);
}

/** Ends runs of a conversation that have not begun: the one of `id`, else all. @returns those that it ended */
export function cancelQueuedRuns(db: Db, by: { conversationId: string; ownerId: string; id?: string }): Promise<RunRow[]> {
  const named = by.id ? eq(runs.id, by.id) : undefined;
  return db
    .update(runs)
    .set({ status: "stopped", endedAt: sql`now()` })
    .where(and(eq(runs.conversationId, by.conversationId), eq(runs.ownerId, by.ownerId), eq(runs.status, "queued"), named))
    .returning();
}
