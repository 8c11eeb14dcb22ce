import { db } from "@/db/database";
import { type BudgetPeriod, type BudgetRow, type BudgetUse, reserveBudgets, settleBudgets } from "@/db/queries/budgets";
import { BudgetExceededError } from "@/lib/core/errors";
import { periodEnd, periodStart } from "./budget-period";
import { describeBudget } from "./describe-budget";
import { countedBy, type Hold } from "./hold";
import { holdExpiry } from "./hold-expiry";
import type { PolicyRules } from "./policy-rules";
import type { Worst } from "./worst-case";

/**
 * Reserves a call's worst case in every budget it counts for, until `settle` puts in its place what the call took.
 * A call that costs nothing passes a budget of money, however empty.
 * @returns `warnings`: a sentence for each budget of which 80 %, or all, was used before
 * @throws BudgetExceededError when a hard budget has no room for the worst case
 */
export async function reserveBudget(
  budgets: BudgetRow[],
  { id: callId, tokens, usd }: Worst & { id: string },
  rules: PolicyRules,
): Promise<Hold & { warnings: string[] }> {
  const now = new Date();
  const periods = budgets.map(({ id, period }) => ({ budgetId: id, periodStart: periodStart(period, now) }));
  const budgetOf = (use: BudgetUse) => budgets.find(({ id }) => id === use.budgetId) as BudgetRow;
  const fits = (use: BudgetUse) => hasRoom(budgetOf(use), use, { tokens, usd });
  const { uses, full } = await reserveBudgets(db(), { callId, tokens, usd, expiresAt: holdExpiry() }, periods, fits);
  const [refusing] = full.map(budgetOf);
  if (refusing) throw new BudgetExceededError(describeBudget(refusing, rules), periodEnd(refusing.period, now));
  return {
    warnings: uses.flatMap((use) => warningOf(budgetOf(use), use, rules) ?? []),
    settle: (record) => {
      const spent = budgets.map((budget) => ({
        budgetId: budget.id,
        periodStart: periodStart(budget.period, now),
        ...countedBy(budget, record),
      }));
      return settleBudgets(db(), callId, spent);
    },
  };
}

/** Whether a budget lets a call pass that takes this at the worst. A soft one always does. */
export function hasRoom({ hard, limitUsd, limitTokens }: BudgetRow, use: Omit<BudgetUse, keyof BudgetPeriod>, worst: Worst): boolean {
  if (!hard) return true;
  const fitsUsd = limitUsd === null || worst.usd === 0 || use.spentUsd + use.reservedUsd + worst.usd <= limitUsd;
  return fitsUsd && (limitTokens === null || use.spentTokens + use.reservedTokens + worst.tokens <= limitTokens);
}

function warningOf(budget: BudgetRow, use: BudgetUse, rules: PolicyRules): string | undefined {
  const share = usedShare(budget, use);
  const which = describeBudget(budget, rules);
  if (share >= 1) return `All of ${which} is used.`;
  return share >= 0.8 ? `More than 80 % of ${which} is used.` : undefined;
}

/** How much of a budget is spent, from 0; the larger share where it is of money and of tokens. */
export function usedShare(
  { limitUsd, limitTokens }: Pick<BudgetRow, "limitUsd" | "limitTokens">,
  { spentUsd, spentTokens }: Pick<BudgetUse, "spentUsd" | "spentTokens">,
): number {
  const shareOf = (spent: number, limit: number | null) => (limit === null ? 0 : limit > 0 ? spent / limit : 1);
  return Math.max(shareOf(spentUsd, limitUsd), shareOf(spentTokens, limitTokens));
}
