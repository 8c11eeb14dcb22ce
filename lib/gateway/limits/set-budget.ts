import { type BudgetRow, listBudgets, saveBudget } from "@/db/queries/budgets";
import { newId } from "@/lib/core/ids";
import { audited } from "@/lib/monitoring/audit/record-event";
import { loadPolicyRules } from "../policy/policy-rules";
import { budgetsNow } from "./budgets-now";
import { checkedSubject } from "./checked-subject";
import type { Budget, NewBudget } from "./contract";
import { nameSubjects } from "./name-subjects";

/** Sets the budget of a subject for a period, in place of the one it had; what is spent stays. For admins. @throws NotFoundError */
export async function setBudget({ period, limitUsd = null, limitTokens = null, hard, ...given }: NewBudget): Promise<Budget> {
  const subject = await checkedSubject(given);
  const [named] = await nameSubjects([subject]);
  const isSame = (one: BudgetRow) =>
    one.subjectKind === subject.subjectKind && one.subjectId === subject.subjectId && one.period === period;
  const { row } = await audited(
    async (tx) => {
      const before = (await listBudgets(tx)).find(isSame);
      return { before, row: await saveBudget(tx, { id: newId(), ...subject, period, limitUsd, limitTokens, hard }) };
    },
    ({ before, row: after }) => ({
      action: "budget.set",
      target: { kind: "budget", id: after.id, name: named?.subjectName },
      before: before && figuresOf(before),
      after: figuresOf(after),
    }),
  );
  await loadPolicyRules();
  const [budget] = await budgetsNow([row]);
  return budget as Budget;
}

const figuresOf = ({ period, limitUsd, limitTokens, hard }: BudgetRow) => ({ period, limitUsd, limitTokens, hard });
