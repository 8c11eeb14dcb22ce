import { deleteLimit } from "@/db/queries/limits";
import { audited } from "@/lib/monitoring/audit/record-event";
import { loadPolicyRules } from "../policy/policy-rules";

/** Removes a limit. For admins. @throws NotFoundError */
export async function removeLimit({ id }: { id: string }): Promise<void> {
  await audited(
    (tx) => deleteLimit(tx, id),
    ({ subjectKind, subjectId, requestsPerMinute, tokensPerMinute, parallel }) => ({
      action: "limit.removed",
      target: { kind: "limit", id, name: subjectId || subjectKind },
      before: { subjectKind, subjectId, requestsPerMinute, tokensPerMinute, parallel },
    }),
  );
  await loadPolicyRules();
}
