import { db } from "@/db/database";
import { deleteBudget } from "@/db/queries/budgets";
import { loadPolicyRules } from "../policy/policy-rules";

/** Removes a budget with what was spent of it. For admins. @throws NotFoundError */
export async function removeBudget({ id }: { id: string }): Promise<void> {
  await deleteBudget(db(), id);
  await loadPolicyRules();
}
