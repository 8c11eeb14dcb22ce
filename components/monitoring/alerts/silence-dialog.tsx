"use client";

import { NumberField, numberIn } from "@/components/limits/number-field";
import { RuleDialog } from "@/components/limits/rule-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionResult } from "@/lib/core/action-result";

export type SilenceAlerts = (input: { ruleId: string | null; minutes: number; reason: string }) => Promise<ActionResult<void>>;

type Props = { rule: { id: string; name: string } | null; silence: SilenceAlerts };

/** Asks for how long nothing of a rule is sent, or of all of them. */
export function SilenceDialog({ rule, silence }: Props) {
  return (
    <RuleDialog
      trigger={
        <Button size="sm" aria-label={rule ? `Silence ${rule.name}` : undefined}>
          {rule ? "Silence" : "Silence all"}
        </Button>
      }
      title={rule ? `Silence ${rule.name}` : "Silence all rules"}
      description="It is still shown here. What fires when the time is over is sent then."
      done="Nothing is sent meanwhile."
      read={(form) => ({
        ruleId: rule?.id ?? null,
        minutes: numberIn(form, "minutes") ?? Number.NaN,
        reason: String(form.get("reason") ?? ""),
      })}
      save={silence}
      fields={(faults) => (
        <>
          <NumberField name="minutes" label="Minutes" min={1} max={525_600} initial={60} placeholder="" error={faults.minutes} />
          <Field id="reason" label="Why" error={faults.reason}>
            <Input id="reason" name="reason" maxLength={300} autoComplete="off" />
          </Field>
        </>
      )}
    />
  );
}
