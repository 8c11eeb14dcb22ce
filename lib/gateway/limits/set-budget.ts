import { db } from "@/db/database";
import { saveBudget } from "@/db/queries/budgets";
import { newId } from "@/lib/core/ids";
import { loadPolicyRules } from "../policy/policy-rules";
import { budgetsNow } from "./budgets-now";
import { checkedSubject } from "./checked-subject";
import type { Budget, NewBudget } from "./contract";

/** Sets the budget of a subject for a period, in place of the one it had; what is spent stays. For admins. @throws NotFoundError */
export async function setBudget({ period, limitUsd = null, limitTokens = null, hard, ...given }: NewBudget): Promise<Budget> {
  const subject = await checkedSubject(given);
  const row = await saveBudget(db(), { id: newId(), ...subject, period, limitUsd, limitTokens, hard });
  await loadPolicyRules();
  const [budget] = await budgetsNow([row]);
  return budget as Budget;
}
