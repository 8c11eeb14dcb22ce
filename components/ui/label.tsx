import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";

/** The name of a field; give it the field's id as `htmlFor`. */
export function Label({ className, htmlFor, ...props }: ComponentProps<"label">) {
  return <label htmlFor={htmlFor} className={cn("text-sm font-medium text-foreground select-none", className)} {...props} />;
}
