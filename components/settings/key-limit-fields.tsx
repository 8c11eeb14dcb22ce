import { NumberField } from "@/components/limits/number-field";
import { Checkbox } from "@/components/ui/checkbox";
import { KeySelect } from "./key-select";

const periods = { month: "A month", day: "A day" } as const;

/** How much may be done and spent with the key. What is left empty is no limit. */
export function KeyLimitFields() {
  return (
    <div className="grid gap-4 pt-3 sm:grid-cols-2">
      <NumberField name="requestsPerMinute" label="Requests a minute" max={1_000_000} />
      <NumberField name="tokensPerMinute" label="Tokens a minute" max={1_000_000_000} />
      <NumberField name="parallel" label="Requests at once" max={10_000} />
      <div className="hidden sm:block" />
      <NumberField name="limitUsd" label="Budget in US dollars" max={1_000_000_000} step="0.01" />
      <NumberField name="limitTokens" label="Budget in tokens" max={1_000_000_000_000} />
      <KeySelect name="period" label="Budget for" choices={periods} initial="month" />
      <div className="sm:col-span-2">
        <Checkbox
          name="hard"
          defaultChecked
          label="Refuse calls that could go past the budget"
          hint="Otherwise it only warns, from 80 % on."
        />
      </div>
    </div>
  );
}
