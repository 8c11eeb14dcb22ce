import { deleteBudget } from "@/db/queries/budgets";
import { audited } from "@/lib/monitoring/audit/record-event";
import { loadPolicyRules } from "../policy/policy-rules";

/** Removes a budget with what was spent of it. For admins. @throws NotFoundError */
export async function removeBudget({ id }: { id: string }): Promise<void> {
  await audited(
    (tx) => deleteBudget(tx, id),
    ({ subjectKind, subjectId, period, limitUsd, limitTokens, hard }) => ({
      action: "budget.removed",
      target: { kind: "budget", id, name: subjectId || subjectKind },
      before: { subjectKind, subjectId, period, limitUsd, limitTokens, hard },
    }),
  );
  await loadPolicyRules();
}
