import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "../database";
import { callLeases } from "../schema/gateway";

/** A subject of which at most `limit` calls may be under way. */
type Place = { subject: string; limit: number };

/**
 * Takes a place for a call with each of the subjects, or with none.
 * Takes turns with every other call of a subject, in whatever process, so that a place is never given twice.
 * @returns the subject that had no place left, or null
 */
export async function takeLeases(db: Db, call: { callId: string; expiresAt: Date }, places: Place[]): Promise<string | null> {
  // In one order, so that no two calls wait for each other.
  const inOrder = places.toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  return db.transaction(async (tx) => {
    for (const { subject } of inOrder) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`lease ${subject}`}, 0))`);
    const taken = await tx
      .select({ subject: callLeases.subject, count: sql<number>`count(*)::int` })
      .from(callLeases)
      .where(and(inArray(callLeases.subject, inOrder.map(nameOf)), sql`${callLeases.expiresAt} > now()`))
      .groupBy(callLeases.subject);
    const full = inOrder.find(({ subject, limit }) => (taken.find((row) => row.subject === subject)?.count ?? 0) >= limit);
    if (full) return full.subject;
    await tx.insert(callLeases).values(inOrder.map(({ subject }) => ({ ...call, subject })));
    return null;
  });
}

/** Gives a call's places back. */
export async function releaseLeases(db: Db, callId: string, subjects: string[]): Promise<void> {
  await db.delete(callLeases).where(and(eq(callLeases.callId, callId), inArray(callLeases.subject, subjects)));
}

const nameOf = ({ subject }: Place) => subject;
