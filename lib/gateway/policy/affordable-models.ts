import { db } from "@/db/database";
import { type BudgetRow, listBudgetUse } from "@/db/queries/budgets";
import { log } from "@/lib/core/log";
import { periodStart } from "./budget-period";
import type { CallSize } from "./hold";
import type { Viewer } from "./models-for";
import { type PolicyRules, policyRules } from "./policy-rules";
import { hasRoom } from "./reserve-budget";
import { rulesFor, subjectsOf } from "./subjects-of";
import { worstCase } from "./worst-case";

/**
 * Tells of models whether a hard budget that the caller counts for would refuse a call of this size to them, as budgets stand
 * now. Nothing is reserved. Without a hard budget no database is asked; while it does not answer, every model is affordable,
 * as the call itself is held to the budgets anyway.
 */
export async function affordableModels(viewer: Viewer, size: CallSize): Promise<(modelId: string) => boolean> {
  const rules = await policyRules(viewer.key?.id);
  const hard = rules.budgets.filter((budget) => budget.hard);
  if (hard.length === 0) return () => true;
  try {
    return await withRoom(hard, { viewer, rules, size });
  } catch (error) {
    log().warn({ err: error }, "how far budgets are used could not be read; auto takes every model to be affordable");
    return () => true;
  }
}

type Given = { viewer: Viewer; rules: PolicyRules; size: CallSize };

async function withRoom(hard: BudgetRow[], { viewer, rules, size }: Given): Promise<(modelId: string) => boolean> {
  const subjects = await subjectsOf("", viewer, rules);
  const ofCaller = rulesFor(hard, subjects);
  const ofModels = hard.filter(({ subjectKind }) => subjectKind === "model");
  const now = new Date();
  const periods = [...ofCaller, ...ofModels].map(({ id, period }) => ({ budgetId: id, periodStart: periodStart(period, now) }));
  const uses = new Map((await listBudgetUse(db(), periods)).map((use) => [use.budgetId, use]));
  return (modelId) => {
    const worst = worstCase(modelId, size);
    const budgets = [...ofCaller, ...rulesFor(ofModels, [{ kind: "model", id: modelId }])];
    return budgets.every((budget) => hasRoom(budget, uses.get(budget.id) ?? unused, worst));
  };
}

const unused = { spentUsd: 0, spentTokens: 0, reservedUsd: 0, reservedTokens: 0 };
