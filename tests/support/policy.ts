import { db } from "@/db/database";
import { saveBudget } from "@/db/queries/budgets";
import { saveLimit } from "@/db/queries/limits";
import { modelSettings } from "@/db/schema/gateway";
import { resetEnv } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { clearProcessGlobal } from "@/lib/core/process-global";
import type { CallContext, CallRecord } from "@/lib/gateway/call-record";
import { loadModelSettings } from "@/lib/gateway/model-settings";
import { admitCall } from "@/lib/gateway/policy/admit-call";
import type { CallSize } from "@/lib/gateway/policy/hold";
import { loadPolicyRules } from "@/lib/gateway/policy/policy-rules";

/** A model with a list price: 2.5 dollars for a million tokens in, 15 out. */
export const pricedModel = "openai/gpt-5.4";

/** A call whose worst case is one cent of `pricedModel`, and 1,500 tokens. */
export const oneCent: CallSize = { inputTokens: () => 1_000, maxOutputTokens: 500 };

type Limits = Parameters<typeof saveLimit>[1];
type Budget = Parameters<typeof saveBudget>[1];

/** Forgets what was counted and read before. */
export function forgetPolicy(): void {
  process.env.LOG_LEVEL = "silent";
  resetEnv();
  for (const name of ["rate-counter", "policy-rules", "policy-members", "policy-running", "gateway-model-settings"])
    clearProcessGlobal(name);
}

/** Stores a limit as an admin would, and makes it count at once. */
export async function aLimit(given: Partial<Limits> & Pick<Limits, "subjectKind">): Promise<Limits> {
  const row = { id: newId(), subjectId: "", requestsPerMinute: null, tokensPerMinute: null, parallel: null, ...given };
  await saveLimit(db(), row);
  await loadPolicyRules();
  return row;
}

/** Stores a budget as an admin would, and makes it count at once. A hard one of the day unless told. */
export async function aBudget(given: Partial<Budget> & Pick<Budget, "subjectKind">): Promise<Budget> {
  const row = { id: newId(), subjectId: "", period: "day" as const, limitUsd: null, limitTokens: null, hard: true, ...given };
  await saveBudget(db(), row);
  await loadPolicyRules();
  return row;
}

/** Stores what an admin set for a model, and makes it count at once. */
export async function theModel(modelId: string, given: Partial<typeof modelSettings.$inferInsert>): Promise<void> {
  await db()
    .insert(modelSettings)
    .values({ modelId, ...given });
  await loadModelSettings();
}

/** Asks for a call by a user of `pricedModel`, one cent at most unless told. */
export function admit(userId: string | null, given: { model?: string; size?: CallSize; context?: Partial<CallContext> } = {}) {
  return admitCall(given.model ?? pricedModel, { userId, purpose: "chat", ...given.context }, given.size ?? oneCent);
}

/** The record of a call that took one cent and 1,500 tokens, unless told otherwise. */
export function aRecord(given: Partial<CallRecord> = {}): CallRecord {
  const now = new Date();
  const counts = { inputTokens: 1_000, outputTokens: 500, cachedTokens: 0, reasoningTokens: 0, tokensEstimated: false, costUsd: 0.01 };
  const how = { model: pricedModel, upstream: "openai", attempts: 1, cache: "off" as const, queuedMs: 0, outcome: "complete" as const };
  return { ...how, ...counts, startedAt: now, firstTokenAt: now, endedAt: now, ...given };
}
