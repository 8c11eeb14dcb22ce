import type { ReactNode } from "react";
import { Label } from "./label";

export type FieldProps = { id: string; label: string; hint?: ReactNode; error?: string; children: ReactNode };

/**
 * A labelled field with a hint and its fault.
 * Give the control `id`, and `aria-describedby={describedBy(id)}` and `aria-invalid` when `error` is set.
 */
export function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <Label htmlFor={id}>{label}</Label>
      {children}
      {error ? (
        <p id={describedBy(id)} className="text-sm text-destructive" role="alert">
          {error}
        </p>
      ) : (
        hint && (
          <p id={describedBy(id)} className="text-sm text-muted-foreground">
            {hint}
          </p>
        )
      )}
    </div>
  );
}

/** Id of the element that holds a field's hint or fault. */
export const describedBy = (id: string) => `${id}-about`;
