import { RowAction } from "@/components/settings/row-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/core/action-result";
import type { Budget, SubjectChoices } from "@/lib/gateway/limits/contract";
import { AddButton } from "./add-button";
import { BudgetBar } from "./budget-bar";
import { BudgetDialog, type SaveBudget } from "./budget-dialog";
import { budgetText } from "./limit-words";
import { RuleCard } from "./rule-card";
import { RuleRow } from "./rule-row";
import { UnpricedNote } from "./unpriced-note";

type Props = { budgets: Budget[]; choices: SubjectChoices; save: SaveBudget; drop: (input: { id: string }) => Promise<ActionResult<void>> };

/** How much may be spent in a day or month, and how much of it is. */
export function BudgetList({ budgets, choices, save, drop }: Props) {
  return (
    <RuleCard
      title="Budgets"
      description="Money and tokens for a day or a month, shared by all that a budget applies to."
      add={<BudgetDialog trigger={<AddButton>Add budget</AddButton>} choices={choices} save={save} />}
      empty="There is no budget: no call is refused, or warned about, because of its cost."
      rows={budgets.map((budget) => (
        <RuleRow
          key={budget.id}
          rule={budget}
          badge={!budget.hard && <Badge>Only warns</Badge>}
          actions={<Actions budget={budget} choices={choices} save={save} drop={drop} />}
        >
          <BudgetBar budget={budget} />
          {budget.limitUsd !== null && <UnpricedNote unpriced={choices.unpriced} budget={budget} />}
        </RuleRow>
      ))}
    />
  );
}

function Actions({ budget, choices, save, drop }: { budget: Budget } & Omit<Props, "budgets">) {
  const description = `Calls are then no longer held to ${budgetText(budget)}, and what was spent of it is forgotten.`;
  const ask = { title: `Delete the budget of ${budget.subjectName}?`, description };
  return (
    <>
      <BudgetDialog trigger={<Button size="sm">Edit</Button>} choices={choices} budget={budget} save={save} />
      <RowAction id={budget.id} label="Delete" run={drop} done="The budget is deleted." ask={ask} />
    </>
  );
}
