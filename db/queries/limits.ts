import { and, asc, eq } from "drizzle-orm";
import { NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { budgets, limits } from "../schema/gateway";

export type LimitRow = typeof limits.$inferSelect;

/** Every limit. Limits belong to the installation, not to a user. */
export function listLimits(db: Db): Promise<LimitRow[]> {
  return db.select().from(limits).orderBy(asc(limits.createdAt), asc(limits.id));
}

/** Stores a limit, in place of the one its subject had. */
export async function saveLimit(db: Db, row: Omit<LimitRow, "createdAt">): Promise<LimitRow> {
  const { requestsPerMinute, tokensPerMinute, parallel } = row;
  const [stored] = await db
    .insert(limits)
    .values(row)
    .onConflictDoUpdate({ target: [limits.subjectKind, limits.subjectId], set: { requestsPerMinute, tokensPerMinute, parallel } })
    .returning();
  return stored as LimitRow;
}

/** Removes a limit. @throws NotFoundError */
export async function deleteLimit(db: Db, id: string): Promise<LimitRow> {
  const [removed] = await db.delete(limits).where(eq(limits.id, id)).returning();
  if (!removed) throw new NotFoundError("limit", id);
  return removed;
}

/** Removes the limits and budgets of a subject that is gone. */
export async function deleteRulesOf(db: Db, subject: { kind: LimitRow["subjectKind"]; id: string }): Promise<void> {
  const { kind, id } = subject;
  await db.delete(limits).where(and(eq(limits.subjectKind, kind), eq(limits.subjectId, id)));
  await db.delete(budgets).where(and(eq(budgets.subjectKind, kind), eq(budgets.subjectId, id)));
}
