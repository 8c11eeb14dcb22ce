"use client";

import { Slider as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";

type Props = Omit<ComponentProps<typeof Primitive.Root>, "value" | "onValueChange"> & {
  label: string;
  value: number;
  onValueChange: (value: number) => void;
};

/** Picks one number in a range; arrow keys step. */
export function Slider({ label, value, onValueChange, className, ...props }: Props) {
  return (
    <Primitive.Root
      value={[value]}
      onValueChange={([next]) => next !== undefined && onValueChange(next)}
      className={cn("relative flex h-5 w-full touch-none items-center select-none data-disabled:opacity-50", className)}
      {...props}
    >
      <Primitive.Track className="relative h-1 grow rounded-full bg-selected">
        <Primitive.Range className="absolute h-full rounded-full bg-primary" />
      </Primitive.Track>
      <Primitive.Thumb
        aria-label={label}
        className="block size-4 cursor-pointer rounded-full border-2 border-primary bg-background shadow-raised"
      />
    </Primitive.Root>
  );
}
