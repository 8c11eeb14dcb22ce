import { db } from "@/db/database";
import { deleteLimit } from "@/db/queries/limits";
import { loadPolicyRules } from "../policy/policy-rules";

/** Removes a limit. For admins. @throws NotFoundError */
export async function removeLimit({ id }: { id: string }): Promise<void> {
  await deleteLimit(db(), id);
  await loadPolicyRules();
}
