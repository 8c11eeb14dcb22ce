import type { LimitRow } from "@/db/queries/limits";
import type { CallRecord } from "../call-record";
import { canonicalModelId } from "../canonical-id";

/** How large a call is: its prompt by a model's estimate, and the longest reply it asks for. */
export type CallSize = { inputTokens: (modelId: string) => number; maxOutputTokens: number | undefined };

/**
 * What a stage keeps for a call until it has ended: given back, or put right by what the call took. Null is a call that never
 * was. After a failure it is settled again, though what failed may have been only the answer: it must count once.
 */
export type Hold = { settle(record: CallRecord | null): Promise<void> };

/** Tokens that count for limits and budgets. An answer from the cache costs nobody anything. */
export function countedTokens({ cache, inputTokens, outputTokens }: CallRecord): number {
  return cache === "hit" || cache === "similar" ? 0 : inputTokens + outputTokens;
}

/** What a limit or budget is to count of a call: nothing when it is for one model and another one answered in its place. */
export function countedBy(
  { subjectKind, subjectId }: Pick<LimitRow, "subjectKind" | "subjectId">,
  record: CallRecord | null,
): { usd: number; tokens: number } {
  if (!record || (subjectKind === "model" && subjectId !== canonicalModelId(record.model))) return { usd: 0, tokens: 0 };
  return { usd: record.costUsd, tokens: countedTokens(record) };
}
