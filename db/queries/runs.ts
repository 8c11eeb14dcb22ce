import { and, asc, eq, inArray, isNotNull, lt, notExists, or, sql } from "drizzle-orm";
import { alias, type PgInsertValue } from "drizzle-orm/pg-core";
import { NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { runs } from "../schema/chat";
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

/** The runs of a conversation that are writing or waiting, the writing one first. */
export function listLiveRuns(db: Db, by: { conversationId: string; ownerId: string }): Promise<RunRow[]> {
  return db
    .select()
    .from(runs)
    .where(and(eq(runs.conversationId, by.conversationId), eq(runs.ownerId, by.ownerId), live))
    .orderBy(sql`${runs.status} = 'queued'`, asc(runs.queuedAt), asc(runs.id));
}

/** Stores a new run. */
export async function saveRun(db: Db, values: PgInsertValue<typeof runs>): Promise<RunRow> {
  const [stored] = await db.insert(runs).values(values).returning();
  return stored as RunRow;
}

/**
 * Makes the oldest waiting run of a conversation the running one, for `instanceId`, unless one is running.
 * Safe against other instances: the row is taken with a lock that they skip.
 */
export async function claimNextRun(db: Db, by: { conversationId: string; instanceId: string }): Promise<RunRow | null> {
  const other = alias(runs, "other");
  const running = db
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.conversationId, by.conversationId), eq(other.status, "running")));
  const next = db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.conversationId, by.conversationId), eq(runs.status, "queued"), notExists(running)))
    .orderBy(asc(runs.queuedAt), asc(runs.id))
    .limit(1)
    .for("update", { skipLocked: true });
  const [claimed] = await db
    .update(runs)
    .set({ status: "running", instanceId: by.instanceId, startedAt: sql`now()`, heartbeatAt: sql`now()` })
    .where(inArray(runs.id, next))
    .returning();
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

/** Leaves word for whichever instance writes the run to stop it. */
export async function requestStop(db: Db, by: By): Promise<void> {
  await db
    .update(runs)
    .set({ stopRequestedAt: sql`now()` })
    .where(and(eq(runs.id, by.id), eq(runs.ownerId, by.ownerId), live));
}

/** Says that an instance's runs are alive. @returns those that someone asked to stop */
export async function beatHearts(db: Db, instanceId: string): Promise<string[]> {
  const beaten = await db
    .update(runs)
    .set({ heartbeatAt: sql`now()` })
    .where(and(eq(runs.instanceId, instanceId), eq(runs.status, "running")))
    .returning({ id: runs.id, stopRequestedAt: runs.stopRequestedAt });
  return beaten.filter((run) => run.stopRequestedAt).map((run) => run.id);
}

/** Running runs whose instance has not been heard of for `silentS` seconds. */
export function listSilentRuns(db: Db, silentS: number): Promise<RunRow[]> {
  const silent = or(lt(runs.heartbeatAt, sql`now() - make_interval(secs => ${silentS})`), sql`${runs.heartbeatAt} is null`);
  return db
    .select()
    .from(runs)
    .where(and(eq(runs.status, "running"), silent));
}

/** Conversations in which a run waits though none is running: what an instance that died leaves behind. */
export function listStalledConversations(db: Db): Promise<{ conversationId: string }[]> {
  const other = alias(runs, "other");
  const running = db
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.conversationId, runs.conversationId), eq(other.status, "running")));
  return db
    .selectDistinct({ conversationId: runs.conversationId })
    .from(runs)
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

/** Ends a run that has not begun. @returns false when it has */
export async function cancelQueuedRun(db: Db, by: By): Promise<boolean> {
  const cancelled = await db
    .update(runs)
    .set({ status: "stopped", endedAt: sql`now()` })
    .where(and(eq(runs.id, by.id), eq(runs.ownerId, by.ownerId), eq(runs.status, "queued")))
    .returning({ id: runs.id });
  return cancelled.length > 0;
}
