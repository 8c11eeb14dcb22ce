import type { BudgetRow } from "@/db/queries/budgets";
import type { LimitRow } from "@/db/queries/limits";
import { BudgetExceededError, RateLimitedError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { canonicalModelId } from "../canonical-id";
import type { CallSize, Hold } from "./hold";
import { type OutputLimit, outputLimit } from "./output-limit";
import type { PolicyRules } from "./policy-rules";
import { reserveBudget } from "./reserve-budget";
import { settleAll } from "./settlements";
import { rulesFor } from "./subjects-of";
import { takeParallel } from "./take-parallel";
import { takeRates } from "./take-rates";
import { type Worst, worstCase } from "./worst-case";

/** A call that was let through: what it holds, the limits and budgets it counts for, and what is reserved in them by now. */
export type Admitted = {
  userId: string | null;
  size: CallSize;
  rules: PolicyRules;
  holds: Hold[];
  /** Null for a call that limits do not hold up. */
  limits: LimitRow[] | null;
  budgets: BudgetRow[];
  /** In these budgets, by now; what was reserved later, for a dearer model, is in `extras`. */
  reserved: Worst;
  /** Given back when what the call took has been paid for, not before: until then others would be let in on it. */
  extras: Hold[];
  isSettled: boolean;
};

/**
 * Takes a call from the limits of a model that stands in for another, and reserves what that one could cost: what it is
 * dearer by in the call's own budgets, and all of it in those that are for that model. Not before it is needed, so that a
 * model that costs nothing answers when the money for the one behind it is gone.
 * @returns how long its reply may be; null when its limits or the budgets have no room for it
 */
export async function reserveStandIn(modelId: string, admitted: Admitted): Promise<OutputLimit | null> {
  const { rules, userId, size } = admitted;
  const model = canonicalModelId(modelId);
  const subjects = [{ kind: "model" as const, id: model }];
  const limits = admitted.limits ? rulesFor(rules.limits, subjects).filter((row) => !admitted.limits?.includes(row)) : [];
  const budgets = rulesFor(rules.budgets, subjects).filter((row) => !admitted.budgets.includes(row));
  const worst = worstCase(model, size);
  const { reserved } = admitted;
  const more = { usd: Math.max(0, worst.usd - reserved.usd), tokens: Math.max(0, worst.tokens - reserved.tokens) };
  const isDearer = admitted.budgets.length > 0 && (more.usd > 0 || more.tokens > 0);
  const call = { id: newId(), userId };
  const holds: Hold[] = [];
  const extras: Hold[] = [];
  try {
    holds.push(await takeParallel(limits, call));
    await takeRates(limits, { ...call, mostTokens: worst.tokens }, holds);
    if (isDearer) extras.push(await reserveBudget(admitted.budgets, { id: newId(), ...more }, rules));
    if (budgets.length > 0) holds.push(await reserveBudget(budgets, { ...call, ...worst }, rules));
  } catch (error) {
    await settleAll([...holds, ...extras], null);
    if (error instanceof BudgetExceededError || error instanceof RateLimitedError) return null;
    throw error;
  }
  if (isDearer) admitted.reserved = { usd: reserved.usd + more.usd, tokens: reserved.tokens + more.tokens };
  // They pay for what this model answers, and nothing for what another did.
  const ofModel = holds.map((hold): Hold => ({ settle: (record) => hold.settle(record?.model === modelId ? record : null) }));
  if (admitted.isSettled) await settleAll([...holds, ...extras], null);
  else {
    admitted.holds.push(...ofModel);
    admitted.extras.push(...extras);
  }
  return outputLimit([...admitted.budgets, ...budgets], worst);
}
