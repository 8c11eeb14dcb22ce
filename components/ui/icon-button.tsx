import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";
import { Button } from "./button";
import { Tooltip } from "./tooltip";

export type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label" | "asChild"> & {
  /** Its accessible name, shown as the tooltip too. */
  label: string;
  /** Side of the tooltip: top unless told. */
  side?: "top" | "right" | "bottom" | "left";
};

const sizes = { sm: "size-7", md: "size-8", lg: "size-10" };

/** A square button with an icon alone. `variant` quiet and `size` md unless told. */
export function IconButton({ label, side, size = "md", variant = "quiet", className, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label} side={side}>
      <Button aria-label={label} variant={variant} size={size} className={cn("px-0", sizes[size ?? "md"], className)} {...props} />
    </Tooltip>
  );
}
