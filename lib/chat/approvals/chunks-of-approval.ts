import type { ToolUIPart } from "ai";
import type { UiChunk } from "@/db/schema/json";

/** Chunks that ask for a part's approval again, and decide it where that was done. */
export function chunksOfApproval({ toolCallId, approval }: ToolUIPart): UiChunk[] {
  if (!approval) return [];
  const { id: approvalId, descriptor, requestReason, isAutomatic, approved, reason } = approval;
  const request: UiChunk = {
    type: "tool-approval-request",
    approvalId,
    toolCallId,
    ...(descriptor !== undefined && { approvalDescriptor: descriptor }),
    ...(requestReason && { reason: requestReason }),
    ...(isAutomatic && { isAutomatic }),
  };
  if (approved === undefined) return [request];
  return [request, { type: "tool-approval-response", approvalId, approved, ...(reason && { reason }) }];
}
