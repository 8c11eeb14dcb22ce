import type { UIMessageChunk } from "ai";

/** What is known of an approval beside the decision; it travels as the SDK's `descriptor`. Times are ISO 8601. Browser-safe. */
export type ApprovalFacts = {
  askedAt: string;
  decidedAt?: string;
  /** What the model had asked for, when the person changed it. */
  proposed?: unknown;
  /** The same call may be made again in this chat without asking. */
  remember?: "conversation";
};

/** The facts of an approval as it was stored. */
export function factsOf(approval: { descriptor?: unknown } | undefined): ApprovalFacts | undefined {
  return approval?.descriptor as ApprovalFacts | undefined;
}

type Request = Extract<UIMessageChunk, { type: "tool-approval-request" }>;

/** What a part keeps of the request for its approval. */
export function approvalOf({ approvalId: id, approvalDescriptor: descriptor, reason: requestReason, isAutomatic }: Request) {
  return {
    id,
    ...(descriptor !== undefined && { descriptor }),
    ...(requestReason && { requestReason }),
    ...(isAutomatic && { isAutomatic }),
  };
}
