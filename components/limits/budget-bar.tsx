import { Progress } from "@/components/ui/progress";
import type { Budget } from "@/lib/gateway/limits/contract";
import { budgetText, budgetUse, moneyText } from "./limit-words";

/** How much of a budget is used; the bar changes its colour at 80 % and when all is used. */
export function BudgetBar({ budget }: { budget: Budget }) {
  const { share, text } = budgetUse(budget);
  const resets = budget.resetsAt.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  return (
    <div className="flex flex-col gap-1.5 pt-1">
      <Progress
        label={`Used of the budget of ${budget.subjectName} for a ${budget.period}`}
        value={share}
        tone={share >= 1 ? "danger" : share >= 0.8 ? "warning" : "normal"}
      />
      <p className="text-sm text-muted-foreground">
        {budgetText(budget)} · {text} used ({Math.floor(share * 100)} %)
        {budget.reservedUsd > 0 && ` · ${moneyText(budget.reservedUsd)} reserved`} · full again on {resets}
      </p>
    </div>
  );
}
