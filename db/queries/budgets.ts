import { and, asc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { NotFoundError } from "@/lib/core/errors";
import type { Db } from "../database";
import { budgetReservations, budgetSpending, budgets, callLeases } from "../schema/gateway";

export type BudgetRow = typeof budgets.$inferSelect;
/** A budget in one of its periods, which begins on `periodStart`, as `2026-07-01`. */
export type BudgetPeriod = { budgetId: string; periodStart: string };
/** What of a budget is spent, and what calls under way have reserved beside it. */
export type BudgetUse = BudgetPeriod & { spentUsd: number; spentTokens: number; reservedUsd: number; reservedTokens: number };

type Reservation = { callId: string; usd: number; tokens: number; expiresAt: Date };

/** Every budget. Budgets belong to the installation, not to a user. */
export function listBudgets(db: Db): Promise<BudgetRow[]> {
  return db.select().from(budgets).orderBy(asc(budgets.createdAt), asc(budgets.id));
}

/** Stores a budget, in place of the one its subject had for the period; what is spent stays. */
export async function saveBudget(db: Db, row: Omit<BudgetRow, "createdAt">): Promise<BudgetRow> {
  const { limitUsd, limitTokens, hard } = row;
  const [stored] = await db
    .insert(budgets)
    .values(row)
    .onConflictDoUpdate({ target: [budgets.subjectKind, budgets.subjectId, budgets.period], set: { limitUsd, limitTokens, hard } })
    .returning();
  return stored as BudgetRow;
}

/** Removes a budget with what was spent of it. @throws NotFoundError */
export async function deleteBudget(db: Db, id: string): Promise<BudgetRow> {
  const [removed] = await db.delete(budgets).where(eq(budgets.id, id)).returning();
  if (!removed) throw new NotFoundError("budget", id);
  return removed;
}

/** How budgets stand in their periods. One of which nothing was spent yet is not among them. */
export async function listBudgetUse(db: Db, periods: BudgetPeriod[]): Promise<BudgetUse[]> {
  if (periods.length === 0) return [];
  const spending = await db
    .select()
    .from(budgetSpending)
    .where(
      inArray(
        budgetSpending.budgetId,
        periods.map(({ budgetId }) => budgetId),
      ),
    );
  const wanted = spending.filter((row) => periods.some((period) => isSame(period, row)));
  return withReservations(db, wanted);
}

/**
 * Reserves the worst case of a call in every one of the budgets, or in none.
 * Holds the budgets' rows while it looks, so that calls at once take turns, in whatever process they are.
 * @param hasRoom whether the worst case fits beside what is used; asked for every budget
 * @returns how the budgets stood before, and those without room
 */
export function reserveBudgets(db: Db, call: Reservation, periods: BudgetPeriod[], hasRoom: (use: BudgetUse) => boolean) {
  const rows = periods.map(({ budgetId, periodStart }) => sql`(${budgetId}::uuid, ${periodStart}::date)`);
  return db.transaction(async (tx) => {
    // An update that changes nothing takes the row's lock. In the order of ids, so that no two calls wait for each other.
    const locked = await tx
      .insert(budgetSpending)
      .select(
        sql`select b.id, p.period_start, 0, 0 from (values ${sql.join(rows, sql`, `)}) p(id, period_start) join budgets b on b.id = p.id order by b.id`,
      )
      .onConflictDoUpdate({
        target: [budgetSpending.budgetId, budgetSpending.periodStart],
        set: { spentUsd: sql`${budgetSpending.spentUsd}` },
      })
      .returning();
    const uses = await withReservations(tx, locked);
    const full = uses.filter((use) => !hasRoom(use));
    if (full.length === 0 && uses.length > 0) {
      await tx.insert(budgetReservations).values(uses.map(({ budgetId, periodStart }) => ({ ...call, budgetId, periodStart })));
    }
    return { uses, full };
  });
}

/**
 * Puts what a call really took in the place of what it had reserved, in the periods in which it began. Counts only where the
 * reservation still stands, so that a settlement whose answer was lost can be made again.
 */
export async function settleBudgets(db: Db, callId: string, spent: (BudgetPeriod & { usd: number; tokens: number })[]): Promise<void> {
  const rowOf = (of: BudgetPeriod) => and(eq(budgetSpending.budgetId, of.budgetId), eq(budgetSpending.periodStart, of.periodStart));
  await db.transaction(async (tx) => {
    // The locks come first, in the order in which they are taken to reserve: a statement sees what others did before it began.
    await tx
      .select({ budgetId: budgetSpending.budgetId })
      .from(budgetSpending)
      .where(or(...spent.map(rowOf)))
      .orderBy(asc(budgetSpending.budgetId))
      .for("update");
    const held = await tx
      .delete(budgetReservations)
      .where(eq(budgetReservations.callId, callId))
      .returning({ budgetId: budgetReservations.budgetId });
    for (const { usd, tokens, ...of } of spent) {
      if (!held.some(({ budgetId }) => budgetId === of.budgetId)) continue;
      await tx
        .update(budgetSpending)
        .set({ spentUsd: sql`${budgetSpending.spentUsd} + ${usd}`, spentTokens: sql`${budgetSpending.spentTokens} + ${tokens}` })
        .where(rowOf(of));
    }
  });
}

/**
 * Forgets the reservations and leases of calls whose process died. What has expired counts for nothing, but a reservation
 * stays for a day more: while the database was away, its call may have waited to be settled.
 */
export async function deleteExpiredHolds(db: Db): Promise<void> {
  await db.delete(budgetReservations).where(lt(budgetReservations.expiresAt, sql`now() - interval '1 day'`));
  await db.delete(callLeases).where(lt(callLeases.expiresAt, sql`now()`));
}

async function withReservations(db: Db, spending: (typeof budgetSpending.$inferSelect)[]): Promise<BudgetUse[]> {
  if (spending.length === 0) return [];
  const ids = spending.map(({ budgetId }) => budgetId);
  const { budgetId, periodStart, usd, tokens, expiresAt } = budgetReservations;
  const reserved = await db
    .select({ budgetId, periodStart, usd: sql<number>`sum(${usd})::float8`, tokens: sql<number>`sum(${tokens})::float8` })
    .from(budgetReservations)
    .where(and(inArray(budgetId, ids), sql`${expiresAt} > now()`))
    .groupBy(budgetId, periodStart);
  return spending.map((row) => {
    const held = reserved.find((sum) => isSame(sum, row));
    return { ...row, reservedUsd: held?.usd ?? 0, reservedTokens: held?.tokens ?? 0 };
  });
}

const isSame = (a: BudgetPeriod, b: BudgetPeriod) => a.budgetId === b.budgetId && a.periodStart === b.periodStart;
