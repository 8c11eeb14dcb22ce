import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** What a key is called. */
export function KeyName({ initial, error }: { initial?: string; error?: string }) {
  return (
    <Field id="name" label="Name" hint="What uses it, as in “Backup script”." error={error}>
      <Input
        id="name"
        name="name"
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={initial}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy("name")}
      />
    </Field>
  );
}
