import { type LimitRow, listLimits, saveLimit } from "@/db/queries/limits";
import { newId } from "@/lib/core/ids";
import { audited } from "@/lib/monitoring/audit/record-event";
import { loadPolicyRules } from "../policy/policy-rules";
import { checkedSubject } from "./checked-subject";
import type { Limit, NewLimit } from "./contract";
import { nameSubjects } from "./name-subjects";

/** Sets the limits of a subject, in place of those it had; they hold at once here, and within 15 seconds in other processes. For admins. @throws NotFoundError */
export async function setLimit({ requestsPerMinute = null, tokensPerMinute = null, parallel = null, ...given }: NewLimit): Promise<Limit> {
  const subject = await checkedSubject(given);
  const values = { requestsPerMinute, tokensPerMinute, parallel };
  const [named] = await nameSubjects([subject]);
  const { row } = await audited(
    async (tx) => {
      const before = (await listLimits(tx)).find((one) => one.subjectKind === subject.subjectKind && one.subjectId === subject.subjectId);
      return { before, row: await saveLimit(tx, { id: newId(), ...subject, ...values }) };
    },
    ({ before, row: { id } }) => ({
      action: "limit.set",
      target: { kind: "limit", id, name: named?.subjectName },
      before: before && figuresOf(before),
      after: values,
    }),
  );
  await loadPolicyRules();
  const [limit] = await nameSubjects([row]);
  return limit as Limit;
}

const figuresOf = ({ requestsPerMinute, tokensPerMinute, parallel }: LimitRow) => ({ requestsPerMinute, tokensPerMinute, parallel });
