import { Card, CardDescription, CardTitle } from "@/components/ui/card";
import type { Budget, Limit } from "@/lib/gateway/limits/contract";
import { BudgetBar } from "./budget-bar";
import { countText, ratesText } from "./limit-words";
import { RuleRow } from "./rule-row";

type Props = { chatPerMinute: number; limits: Limit[]; budgets: Budget[] };

const isMine = ({ subjectKind }: Pick<Limit, "subjectKind">) => subjectKind === "user";
const mine = <Rule extends Limit | Budget>(rule: Rule): Rule => (isMine(rule) ? { ...rule, subjectName: "You" } : rule);

/** The limits and budgets that hold for the reader, and what is left of them. */
export function OwnLimits({ chatPerMinute, limits, budgets }: Props) {
  return (
    <Card>
      <div>
        <CardTitle>Limits and budgets</CardTitle>
        <CardDescription>You may send {countText(chatPerMinute)} chat messages a minute.</CardDescription>
      </div>
      {limits.length + budgets.length > 0 && (
        <ul className="flex flex-col divide-y divide-border">
          {budgets.map(mine).map((budget) => (
            <RuleRow key={budget.id} rule={budget}>
              <BudgetBar budget={budget} />
            </RuleRow>
          ))}
          {limits.map(mine).map((limit) => (
            <RuleRow key={limit.id} rule={limit}>
              <p className="text-sm text-muted-foreground">{ratesText(limit)}</p>
            </RuleRow>
          ))}
        </ul>
      )}
    </Card>
  );
}
