import { db } from "@/db/database";
import { getUser } from "@/db/queries/users";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import type { AgentContext, PendingCall } from "../run-input";
import type { ApprovalFacts } from "./contract";

type Asked = { approvalId: string; reason?: string };

/** Asks the person whether a call may be made: the reply's card shows it from here on. */
export function askForApproval({ toolCallId, toolName }: PendingCall, { emit, span }: AgentContext, { approvalId, reason }: Asked): void {
  const approvalDescriptor: ApprovalFacts = { askedAt: new Date().toISOString() };
  emit({ type: "tool-approval-request", approvalId, toolCallId, approvalDescriptor, reason });
  span.child({ kind: "step", name: "approval", facts: { toolName, toolCallId, approval: "requested" } }).end();
}

/** Shows and writes down that a call is made without asking, since the person always allows it in this chat. */
export async function tellAllowed(
  { toolCallId, toolName, input }: PendingCall,
  { emit, span, userId, runId, conversationId }: AgentContext,
  approvalId: string,
): Promise<void> {
  const now = new Date().toISOString();
  const approvalDescriptor: ApprovalFacts = { askedAt: now, decidedAt: now };
  const { email } = await getUser(db(), userId);
  await recordEvent(db(), {
    action: "approval.remembered",
    actor: { id: userId, name: email },
    target: { kind: "tool", id: toolCallId, name: toolName },
    after: { input, runId, conversationId },
  });
  emit({ type: "tool-approval-request", approvalId, toolCallId, approvalDescriptor, isAutomatic: true });
  emit({ type: "tool-approval-response", approvalId, approved: true });
  span.child({ kind: "step", name: "approval", facts: { toolName, toolCallId, approval: "remembered" } }).end();
}
