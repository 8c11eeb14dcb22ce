import { factsOf } from "@/lib/agent/approvals/contract";
import type { ToolPart } from "../tool-part";

/** How a call came to be made or not, in a sentence. */
export function describeApproval({ approval }: Pick<ToolPart, "approval">): string {
  const { proposed, remember } = factsOf(approval) ?? {};
  if (approval?.isAutomatic) return "Always allowed in this chat.";
  if (approval?.approved === undefined) return "Asked for.";
  if (!approval.approved) return `Rejected.${approval.reason ? ` ${approval.reason}` : ""}`;
  const changed = proposed === undefined ? "You approved it" : "You changed and approved it";
  return remember ? `${changed}, and allowed it always in this chat.` : `${changed}.`;
}
