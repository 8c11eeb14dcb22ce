import { Badge } from "@/components/ui/badge";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

export type Sourced<Value> = { value: Value; source: "default" | "environment" | "saved" };

/** How a number that admins set is asked for; `variable` names what stands above it in the environment. */
export type NumberSetting = { label: string; variable?: string; min: number; max: number; step?: number };

/** What people call the places that a setting's value comes from. */
export const sourceNames = { default: "Default", environment: "Environment", saved: "Saved" };

type Props = NumberSetting & { name: string; setting: Sourced<number>; error: string | undefined };

/** A number that admins set, with where its value comes from; what the environment sets cannot be changed here. */
export function SettingField({ name, setting: { value, source }, error, label, variable, min, max, step }: Props) {
  const hint =
    source === "environment" ? `${variable} sets it. Unset the variable to change it here.` : <Badge>{sourceNames[source]}</Badge>;
  return (
    <div className="min-w-0 flex-1 basis-56">
      <Field id={name} label={label} hint={hint} error={error}>
        <Input
          // A new value from the server replaces what the field shows.
          key={value}
          id={name}
          name={name}
          type="number"
          min={min}
          max={max}
          step={step}
          required
          defaultValue={value}
          disabled={source === "environment"}
          aria-invalid={error !== undefined}
          aria-describedby={describedBy(name)}
          className="max-w-40"
        />
      </Field>
    </div>
  );
}

/** A value for the list of what is saved; nothing when it is not. */
export function savedText(label: string, { value, source }: Sourced<unknown>): string[] {
  return source === "saved" ? [`${label}: ${value}`] : [];
}

/** What to save of a field: nothing while it shows the default. */
export function enteredOf({ value, source }: Sourced<number>, entered: number): number | null {
  return source === "default" && entered === value ? null : entered;
}
