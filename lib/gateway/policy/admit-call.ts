import { newId } from "@/lib/core/ids";
import { rateHeaders } from "@/lib/http/rate-headers";
import type { Taken } from "@/lib/http/take-from-minute";
import type { CallContext, CallRecord } from "../call-record";
import { canonicalModelId } from "../canonical-id";
import { checkModel } from "./check-model";
import type { CallSize, Hold } from "./hold";
import { type OutputLimit, outputLimit } from "./output-limit";
import { policyRules } from "./policy-rules";
import { reserveBudget } from "./reserve-budget";
import { type Admitted, reserveStandIn } from "./reserve-stand-in";
import { settleAll, settleSoon } from "./settlements";
import { rulesFor, subjectsOf } from "./subjects-of";
import { takeParallel } from "./take-parallel";
import { takeRates } from "./take-rates";
import { worstCase } from "./worst-case";

/** A call that was let through. It is settled once, when it has ended: with what it took, or with null when it never was. */
export type Admission = {
  settle(record: CallRecord | null): void;
  /** How long the reply may be, so that it costs no more than was reserved in hard budgets. */
  output: OutputLimit;
  /** Asks that model's limits and the budgets whether it may answer in this one's place, and takes what it could cost; null when it may not. */
  mayStandIn(modelId: string): Promise<OutputLimit | null>;
  /** How the tightest limit stands, for the answer. */
  headers: Record<string, string>;
  /** Sentences for the person about budgets that come to their end. */
  warnings: string[];
};

const unlimited: OutputLimit = { maxOutputTokens: undefined };
const free: Admission = { settle: () => {}, output: unlimited, mayStandIn: async () => unlimited, headers: {}, warnings: [] };

/**
 * The policy stage: whether this caller may make this call now. Looks, in this order, at the right to the model, calls at
 * once, requests and tokens a minute, and budgets; what a later one refuses is given back to the earlier ones.
 * Titles and other calls that Hearth makes by itself are not held up by limits of a minute, but their cost counts; work of
 * Hearth's own needs no right to its model either.
 * Without limits and budgets it asks no database.
 * @throws ForbiddenError · ModelError `no_model` · RateLimitedError · BudgetExceededError
 */
export async function admitCall(modelId: string, context: CallContext, size: CallSize): Promise<Admission> {
  const model = canonicalModelId(modelId);
  if (!context.isOwnWork) await checkModel(model, context);
  const rules = await policyRules(context.key?.id);
  if (rules.limits.length === 0 && rules.budgets.length === 0) return free;
  const subjects = await subjectsOf(model, context, rules);
  const limits = isOwn(context) ? [] : rulesFor(rules.limits, subjects).filter((row) => row.subjectKind !== "everyone" || context.userId);
  const budgets = rulesFor(rules.budgets, subjects);
  const mayMeetLimits = !isOwn(context) && (limits.length > 0 || rules.limits.some(({ subjectKind }) => subjectKind === "model"));
  if (!mayMeetLimits && rules.budgets.length === 0) return free;

  const call = { id: newId(), userId: context.userId };
  const worst = worstCase(model, size);
  const holds: Hold[] = [];
  try {
    holds.push(await takeParallel(limits, call));
    const taken = await takeRates(limits, { ...call, mostTokens: worst.tokens }, holds);
    const reserved = budgets.length > 0 ? await reserveBudget(budgets, { ...call, ...worst }, rules) : null;
    const extras: Hold[] = [];
    if (reserved) holds.push(payingFirst(reserved, extras));
    const tightest = taken.toSorted((a, b) => a.remaining / a.limit - b.remaining / b.limit)[0];
    const asked = { limits: isOwn(context) ? null : limits, budgets, reserved: worst };
    const admitted = { userId: call.userId, size, rules, holds, extras, ...asked, isSettled: false };
    return admission(admitted, { tightest, output: outputLimit(budgets, worst), warnings: reserved?.warnings ?? [] });
  } catch (error) {
    await settleAll(holds, null);
    throw error;
  }
}

/** What a call took is paid for before what it reserved beside is given back. Each of them counts once, so that all may be settled again. */
function payingFirst(reserved: Hold, extras: Hold[]): Hold {
  return {
    async settle(record) {
      await reserved.settle(record);
      for (const extra of extras) await extra.settle(null);
    },
  };
}

const isOwn = ({ purpose, isOwnWork }: CallContext) => isOwnWork || purpose === "title" || purpose === "check";

type Told = Pick<Admission, "output" | "warnings"> & { tightest: Taken | undefined };

function admission(admitted: Admitted, { tightest, output, warnings }: Told): Admission {
  const settle = (record: CallRecord | null) => {
    if (!admitted.isSettled) settleSoon(admitted.holds, record);
    admitted.isSettled = true;
  };
  const mayStandIn = (other: string) => reserveStandIn(other, admitted);
  return { settle, output, mayStandIn, warnings, headers: tightest ? rateHeaders(tightest) : {} };
}
