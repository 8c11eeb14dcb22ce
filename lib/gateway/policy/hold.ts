import type { CallRecord } from "../call-record";

/** How large a call is: its prompt by estimate, and the longest reply it asks for. */
export type CallSize = { inputTokens: number; maxOutputTokens: number | undefined };

/** What a stage keeps for a call until it has ended: given back, or put right by what the call took. Null is a call that never was. */
export type Hold = { settle(record: CallRecord | null): Promise<void> };

/** Tokens that count for limits and budgets. An answer from the cache costs nobody anything. */
export function countedTokens({ cache, inputTokens, outputTokens }: CallRecord): number {
  return cache === "hit" || cache === "similar" ? 0 : inputTokens + outputTokens;
}
