import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";

/** How text fields look: shared by input, textarea and select. */
export const fieldStyle =
  "w-full rounded-md border border-input bg-background px-3 text-base text-foreground disabled:opacity-60 aria-invalid:border-destructive focus-visible:outline-offset-0";

/** A text field of one line. One that can only be read does not look like one to write in. */
export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(fieldStyle, "h-10 read-only:bg-muted read-only:text-muted-foreground", className)} {...props} />;
}
