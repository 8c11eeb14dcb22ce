"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import type { ActionResult } from "@/lib/core/action-result";
import type { Budget, NewBudget, SubjectChoices } from "@/lib/gateway/limits/contract";
import { NumberField, numberIn } from "./number-field";
import { RuleDialog } from "./rule-dialog";
import { SubjectFields } from "./subject-fields";
import { UnpricedNote } from "./unpriced-note";

export type SaveBudget = (input: NewBudget) => Promise<ActionResult<void>>;

type Props = { trigger: ReactNode; choices: SubjectChoices; budget?: Budget; save: SaveBudget };

/** The form of a budget: a new one, or the values of one that is there. Its period stays, because what is spent belongs to it. */
export function BudgetDialog({ trigger, choices, budget, save }: Props) {
  const read = (form: FormData): NewBudget => ({
    subjectKind: budget?.subjectKind ?? (String(form.get("subjectKind")) as NewBudget["subjectKind"]),
    subjectId: budget ? budget.subjectId : String(form.get("subjectId") ?? "") || null,
    period: budget?.period ?? (String(form.get("period")) as NewBudget["period"]),
    limitUsd: numberIn(form, "limitUsd"),
    limitTokens: numberIn(form, "limitTokens"),
    hard: form.get("hard") === "on",
  });
  return (
    <RuleDialog
      trigger={trigger}
      title={budget ? `Budget of ${budget.subjectName} for a ${budget.period}` : "Add a budget"}
      description={
        budget ? undefined : "An earlier one for the same person, group, key or model and period is replaced; what is spent stays."
      }
      done="The budget is saved and holds from the next call on."
      read={read}
      save={save}
      fields={(faults) => (
        <>
          {!budget && <SubjectFields choices={choices} error={faults.subjectId} />}
          {!budget && <PeriodField />}
          <NumberField
            name="limitUsd"
            label="US dollars"
            max={1_000_000_000}
            step="0.01"
            initial={budget?.limitUsd}
            error={faults.limitUsd}
          />
          <UnpricedNote unpriced={choices.unpriced} budget={budget} />
          <NumberField name="limitTokens" label="Tokens" max={1_000_000_000_000} initial={budget?.limitTokens} error={faults.limitTokens} />
          <Checkbox
            name="hard"
            defaultChecked={budget?.hard ?? true}
            label="Refuse calls that could go past it"
            hint="Otherwise it only warns, from 80 % on."
          />
        </>
      )}
    />
  );
}

function PeriodField() {
  return (
    <Field id="period" label="For each" hint="Days and months begin at midnight UTC.">
      <Select name="period" defaultValue="month">
        <SelectTrigger id="period" />
        <SelectContent>
          <SelectItem value="month">Month</SelectItem>
          <SelectItem value="day">Day</SelectItem>
        </SelectContent>
      </Select>
    </Field>
  );
}
