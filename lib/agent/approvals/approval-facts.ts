/** What is known of an approval beside the decision; it travels as the SDK's `descriptor`. Times are ISO 8601. */
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
