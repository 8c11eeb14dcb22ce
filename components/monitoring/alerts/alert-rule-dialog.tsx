"use client";

import type { ReactNode } from "react";
import { NumberField, numberIn } from "@/components/limits/number-field";
import { RuleDialog } from "@/components/limits/rule-dialog";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";
import type { ActionResult } from "@/lib/core/action-result";
import { type AlertRule, type AlertRuleInput, alertGroups, alertMetrics } from "@/lib/monitoring/alerts/contract";

export type SaveAlertRule = (input: AlertRuleInput) => Promise<ActionResult<void>>;

type Props = { trigger: ReactNode; rule?: AlertRule; save: SaveAlertRule };

const day = 86_400;
const units = { percent: "percent", ms: "milliseconds", count: "a count", usd: "US dollars", mb: "megabytes" };
const metrics = Object.entries(alertMetrics).map(([key, { name, unit }]) => [key, `${name} (${units[unit]})`] as const);
const groups = [["", "All together"], ...alertGroups.map((name) => [name, `Each ${name === "user" ? "person" : name}`] as const)] as const;
const noData = [
  ["ok", "All is well"],
  ["alert", "It is an alert"],
  ["keep", "Whatever was before"],
] as const;
const comparisons = [
  ["above", "Above"],
  ["below", "Below"],
] as const;

/** The form of a rule: a new one, or one that is there. */
export function AlertRuleDialog({ trigger, rule, save }: Props) {
  return (
    <RuleDialog
      trigger={trigger}
      title={rule ? `Change ${rule.name}` : "Add an alert rule"}
      done="The rule is saved and holds from the next look on."
      read={(form) => read(form, rule)}
      save={save}
      fields={(faults) => (
        <>
          <Field id="name" label="Name" error={faults.name}>
            <Input id="name" name="name" required maxLength={100} defaultValue={rule?.name} autoComplete="off" />
          </Field>
          <Choice name="metric" label="What" choices={metrics} initial={rule?.metric ?? "errorRate"} />
          <Choice name="groupBy" label="Of" choices={groups} initial={rule?.groupBy ?? ""} error={faults.groupBy} />
          <Choice name="comparison" label="Is" choices={comparisons} initial={rule?.comparison ?? "above"} />
          <Figure name="threshold" label="Threshold" max={1_000_000_000} step="any" initial={rule?.threshold} faults={faults} />
          <Figure name="windowS" label="Over the last, in seconds" min={30} max={day} initial={rule?.windowS ?? 300} faults={faults} />
          <Figure name="forS" label="For at least, in seconds" max={day} initial={rule?.forS ?? 60} faults={faults} />
          <Figure name="leastCalls" label="With at least so many calls" max={1_000_000} initial={rule?.leastCalls ?? 0} faults={faults} />
          <Choice name="noData" label="Without data" choices={noData} initial={rule?.noData ?? "ok"} />
          <Checkbox name="enabled" defaultChecked={rule?.enabled ?? true} label="In use" />
        </>
      )}
    />
  );
}

function read(form: FormData, rule: AlertRule | undefined): AlertRuleInput {
  const text = (name: string) => String(form.get(name) ?? "");
  const number = (name: string) => numberIn(form, name) ?? Number.NaN;
  return {
    id: rule?.id,
    name: text("name"),
    metric: text("metric") as AlertRuleInput["metric"],
    groupBy: (text("groupBy") === none ? null : text("groupBy")) as AlertRuleInput["groupBy"],
    comparison: text("comparison") as AlertRuleInput["comparison"],
    threshold: number("threshold"),
    windowS: number("windowS"),
    forS: number("forS"),
    leastCalls: number("leastCalls"),
    noData: text("noData") as AlertRuleInput["noData"],
    enabled: form.get("enabled") === "on",
  };
}

type FigureProps = {
  name: string;
  label: string;
  max: number;
  min?: number;
  step?: string;
  initial?: number;
  faults: Record<string, string>;
};

function Figure({ name, faults, min = 0, ...field }: FigureProps) {
  return <NumberField name={name} min={min} placeholder="" error={faults[name]} {...field} />;
}

type ChoiceProps = {
  name: string;
  label: string;
  choices: readonly (readonly [value: string, text: string])[];
  initial: string;
  error?: string;
};

/** None is a word of its own: a choice without a value cannot be chosen again. */
const none = "none";

function Choice({ name, label, choices, initial, error }: ChoiceProps) {
  return (
    <Field id={name} label={label} error={error}>
      <Select name={name} defaultValue={initial || none}>
        <SelectTrigger id={name} />
        <SelectContent>
          {choices.map(([value, text]) => (
            <SelectItem key={value} value={value || none}>
              {text}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </Field>
  );
}
