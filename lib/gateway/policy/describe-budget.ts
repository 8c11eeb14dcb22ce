import type { BudgetRow } from "@/db/queries/budgets";
import type { PolicyRules } from "./policy-rules";

/** A budget in words, as in "your budget for today". */
export function describeBudget({ subjectKind, subjectId, period }: BudgetRow, { groupNames }: Pick<PolicyRules, "groupNames">): string {
  const time = period === "day" ? "today" : "this month";
  const whose = {
    everyone: "everyone's budget",
    user: "your budget",
    group: `the budget of the group ${groupNames.get(subjectId) ?? "you are in"}`,
    key: "this API key's budget",
    model: `the budget of ${subjectId}`,
  }[subjectKind];
  return `${whose} for ${time}`;
}
