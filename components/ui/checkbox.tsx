import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/core/class-names";

type Props = Omit<ComponentProps<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

/** A box to tick with its name beside it, both of which can be pressed. */
export function Checkbox({ label, hint, className, ...props }: Props) {
  return (
    <label className={cn("flex items-start gap-2.5 py-1 text-sm", className)}>
      <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-primary" {...props} />
      <span className="min-w-0 break-words">
        {label}
        {hint && <span className="block text-muted-foreground">{hint}</span>}
      </span>
    </label>
  );
}
