"use client";

import { Switch as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";

/** On or off, with effect at once. Name it by `aria-label` or a Label's `htmlFor`. */
export function Switch({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "pressable inline-flex h-5 w-9 shrink-0 items-center rounded-full bg-input p-0.5 data-[state=checked]:bg-primary disabled:opacity-50",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb className="block size-4 rounded-full bg-background transition-transform duration-100 data-[state=checked]:translate-x-4" />
    </Primitive.Root>
  );
}
