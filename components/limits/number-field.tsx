import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type Props = {
  name: string;
  label: string;
  max: number;
  step?: string;
  min?: number;
  placeholder?: string;
  initial?: number | null;
  error?: string;
};

/** A field for a number that may be left empty; what that means is its `placeholder`, no limit unless told. */
export function NumberField({ name, label, max, step = "1", min, placeholder = "No limit", initial, error }: Props) {
  return (
    <Field id={name} label={label} error={error}>
      <Input
        id={name}
        name={name}
        type="number"
        min={min ?? step}
        max={max}
        step={step}
        inputMode="decimal"
        placeholder={placeholder}
        defaultValue={initial ?? undefined}
        aria-invalid={error !== undefined}
        aria-describedby={error ? describedBy(name) : undefined}
      />
    </Field>
  );
}

/** The number in a form's field; null when it is empty. */
export function numberIn(form: FormData, name: string): number | null {
  const text = String(form.get(name) ?? "").trim();
  return text === "" ? null : Number(text);
}
