import { db } from "@/db/database";
import { saveLimit } from "@/db/queries/limits";
import { newId } from "@/lib/core/ids";
import { loadPolicyRules } from "../policy/policy-rules";
import { checkedSubject } from "./checked-subject";
import type { Limit, NewLimit } from "./contract";
import { nameSubjects } from "./name-subjects";

/** Sets the limits of a subject, in place of those it had; they hold at once here, and within 15 seconds in other processes. For admins. @throws NotFoundError */
export async function setLimit({ requestsPerMinute = null, tokensPerMinute = null, parallel = null, ...given }: NewLimit): Promise<Limit> {
  const subject = await checkedSubject(given);
  const row = await saveLimit(db(), { id: newId(), ...subject, requestsPerMinute, tokensPerMinute, parallel });
  await loadPolicyRules();
  const [limit] = await nameSubjects([row]);
  return limit as Limit;
}
