import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";
import { fieldStyle } from "./input";

/** A text field of several lines. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(fieldStyle, "min-h-20 resize-y py-2", className)} {...props} />;
}
