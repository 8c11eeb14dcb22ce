import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { KeySelect } from "./key-select";

const periods = { month: "A month", day: "A day" } as const;
const cacheUses = {
  deterministic: "To the same deterministic call",
  always: "To any same call",
  similar: "To similar questions too",
  off: "Never",
} as const;

/** How much may be done with the key. What is left empty is no limit. */
export function KeyLimitFields() {
  return (
    <div className="grid gap-4 pt-3 sm:grid-cols-2">
      <NumberField name="requestsPerMinute" label="Requests a minute" max={1_000_000} />
      <NumberField name="tokensPerMinute" label="Tokens a minute" max={1_000_000_000} />
      <NumberField name="parallel" label="Requests at once" max={10_000} />
      <div className="hidden sm:block" />
      <NumberField name="limitUsd" label="Budget in US dollars" max={1_000_000_000} step="0.01" />
      <KeySelect name="period" label="Budget for" choices={periods} initial="month" />
      <div className="sm:col-span-2">
        <KeySelect name="cache" label="Kept answers are given again" choices={cacheUses} initial="deterministic" />
      </div>
    </div>
  );
}

type NumberFieldProps = { name: string; label: string; max: number; step?: string };

function NumberField({ name, label, max, step = "1" }: NumberFieldProps) {
  return (
    <Field id={name} label={label}>
      <Input id={name} name={name} type="number" min={step} max={max} step={step} inputMode="decimal" placeholder="No limit" />
    </Field>
  );
}
