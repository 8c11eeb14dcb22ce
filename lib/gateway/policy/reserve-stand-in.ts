import type { BudgetRow } from "@/db/queries/budgets";
import { BudgetExceededError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { canonicalModelId } from "../canonical-id";
import type { CallSize, Hold } from "./hold";
import type { PolicyRules } from "./policy-rules";
import { reserveBudget } from "./reserve-budget";
import { rulesFor } from "./subjects-of";
import { type Worst, worstCase } from "./worst-case";

/** A call that was let through: what it holds, the budgets it counts for, and what is reserved in them by now. */
export type Admitted = {
  callId: string;
  size: CallSize;
  rules: PolicyRules;
  holds: Hold[];
  budgets: BudgetRow[];
  reserved: Worst;
  isSettled: boolean;
};

/**
 * Reserves what a model that stands in for another could cost: what it is dearer by in the call's own budgets, and all of it
 * in those that are for that model. Not before it is needed, so that a model that costs nothing answers when the money for
 * the one behind it is gone.
 * @returns whether the budgets have room for it
 */
export async function reserveStandIn(modelId: string, admitted: Admitted): Promise<boolean> {
  const { rules, budgets, size } = admitted;
  const model = canonicalModelId(modelId);
  const worst = worstCase(model, size);
  const own = rulesFor(rules.budgets, [{ kind: "model", id: model }]).filter((row) => !budgets.includes(row));
  try {
    if (budgets.length > 0) await reserveMore(worst, admitted);
    if (own.length > 0) {
      const hold = await reserveBudget(own, { id: newId(), ...worst }, rules);
      if (admitted.isSettled) await hold.settle(null);
      else admitted.holds.push({ settle: (record) => hold.settle(record?.model === modelId ? record : null) });
    }
    return true;
  } catch (error) {
    if (error instanceof BudgetExceededError) return false;
    throw error;
  }
}

/** Adds to what the call has reserved, so that all of it is settled at once. */
async function reserveMore(worst: Worst, admitted: Admitted): Promise<void> {
  const { callId, rules, budgets, reserved } = admitted;
  const more = { usd: Math.max(0, worst.usd - reserved.usd), tokens: Math.max(0, worst.tokens - reserved.tokens) };
  if (more.usd === 0 && more.tokens === 0) return;
  const hold = await reserveBudget(budgets, { id: callId, ...more }, rules);
  admitted.reserved = { usd: reserved.usd + more.usd, tokens: reserved.tokens + more.tokens };
  // Given up while its budgets were asked.
  if (admitted.isSettled) await hold.settle(null);
}
