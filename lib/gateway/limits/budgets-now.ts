import { db } from "@/db/database";
import { type BudgetRow, listBudgetUse } from "@/db/queries/budgets";
import { periodEnd, periodStart } from "../policy/budget-period";
import type { Budget } from "./contract";
import { nameSubjects } from "./name-subjects";

/** Budgets with what is spent and reserved of them in their present periods. */
export async function budgetsNow(rows: BudgetRow[]): Promise<Budget[]> {
  const now = new Date();
  const periods = rows.map(({ id, period }) => ({ budgetId: id, periodStart: periodStart(period, now) }));
  const [named, uses] = await Promise.all([nameSubjects(rows), listBudgetUse(db(), periods)]);
  return named.map((row) => {
    const { spentUsd = 0, spentTokens = 0, reservedUsd = 0, reservedTokens = 0 } = uses.find(({ budgetId }) => budgetId === row.id) ?? {};
    return { ...row, resetsAt: periodEnd(row.period, now), spentUsd, spentTokens, reservedUsd, reservedTokens };
  });
}
