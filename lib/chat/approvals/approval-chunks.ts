import type { ToolUIPart } from "ai";
import type { UiChunk } from "@/db/schema/json";

type Request = Extract<UiChunk, { type: "tool-approval-request" }>;

/** What a part keeps of the request for its approval. Browser-safe. */
export function approvalOf({ approvalId: id, approvalDescriptor: descriptor, reason: requestReason, isAutomatic }: Request) {
  return {
    id,
    ...(descriptor !== undefined && { descriptor }),
    ...(requestReason && { requestReason }),
    ...(isAutomatic && { isAutomatic }),
  };
}

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
