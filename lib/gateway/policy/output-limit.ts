import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { BudgetRow } from "@/db/queries/budgets";
import type { worstCase } from "./worst-case";

/** What a call is held to when it is put to a host: a reply of so many tokens, or of any length when it is undefined. */
export type OutputLimit = { maxOutputTokens: number | undefined };

/**
 * The reply that was reserved for, where a hard budget pays for it: a longer one could overspend. A budget of money alone
 * does not hold a call that costs nothing.
 */
export function outputLimit(budgets: BudgetRow[], { outputTokens, usd }: ReturnType<typeof worstCase>): OutputLimit {
  const isHeld = budgets.some(({ hard, limitTokens }) => hard && (limitTokens !== null || usd > 0));
  return { maxOutputTokens: isHeld ? outputTokens : undefined };
}

/** A call's options, held to the limit. The host ends a reply that reaches it with the reason `length`. */
export function withOutputLimit(options: LanguageModelV4CallOptions, { maxOutputTokens }: OutputLimit): LanguageModelV4CallOptions {
  return maxOutputTokens === undefined ? options : { ...options, maxOutputTokens };
}
