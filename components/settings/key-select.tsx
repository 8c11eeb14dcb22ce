"use client";

import { Field } from "@/components/ui/field";
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";

type Props<Value extends string> = {
  name: string;
  label: string;
  choices: Record<Value, string>;
  initial: NoInfer<Value>;
  onChange?: (value: NoInfer<Value>) => void;
};

/** A labelled choice of a form, whose values are the keys of `choices`. */
export function KeySelect<Value extends string>({ name, label, choices, initial, onChange }: Props<Value>) {
  return (
    <Field id={name} label={label}>
      <Select name={name} defaultValue={initial} onValueChange={(value) => onChange?.(value as Value)}>
        <SelectTrigger id={name} />
        <SelectContent>
          {Object.entries<string>(choices).map(([value, words]) => (
            <SelectItem key={value} value={value}>
              {words}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </Field>
  );
}
