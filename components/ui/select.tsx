"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";
import { fieldStyle } from "./input";
import { menuItemStyle, menuStyle } from "./menu-style";

export const Select = Primitive.Root;

/** The closed select, showing what is chosen. */
export function SelectTrigger({ className, placeholder, ...props }: ComponentProps<typeof Primitive.Trigger> & { placeholder?: string }) {
  return (
    <Primitive.Trigger className={cn(fieldStyle, "flex h-10 items-center justify-between gap-2 text-left", className)} {...props}>
      <span className="truncate">
        <Primitive.Value placeholder={placeholder} />
      </span>
      <Primitive.Icon className="shrink-0">
        <ChevronDown aria-hidden className="size-4 text-muted-foreground" />
      </Primitive.Icon>
    </Primitive.Trigger>
  );
}

/** The list that opens. */
export function SelectContent({ className, children, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        position="popper"
        sideOffset={4}
        className={cn(menuStyle, "min-w-(--radix-select-trigger-width)", className)}
        {...props}
      >
        <Primitive.Viewport>{children}</Primitive.Viewport>
      </Primitive.Content>
    </Primitive.Portal>
  );
}

/** One choice. */
export function SelectItem({ className, children, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item className={cn(menuItemStyle, className)} {...props}>
      <Primitive.ItemText>{children}</Primitive.ItemText>
      <Primitive.ItemIndicator className="ml-auto">
        <Check aria-hidden className="size-4" />
      </Primitive.ItemIndicator>
    </Primitive.Item>
  );
}
