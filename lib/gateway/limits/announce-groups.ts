import { forgetMembers } from "../policy/find-member";
import { loadPolicyRules } from "../policy/policy-rules";

/** Makes this process use groups as they are now. */
export async function announceGroups(): Promise<void> {
  forgetMembers();
  await loadPolicyRules();
}
