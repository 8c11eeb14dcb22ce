import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";
import { Button } from "./button";

export type IconButtonProps = Omit<ComponentProps<typeof Button>, "aria-label" | "title" | "asChild"> & {
  /** Its accessible name, shown as the browser's tooltip too: hundreds of those cost nothing. */
  label: string;
};

const sizes = { sm: "size-7", md: "size-8", lg: "size-10" };

/** A square button with an icon alone. `variant` quiet and `size` md unless told. */
export function IconButton({ label, size = "md", variant = "quiet", className, ...props }: IconButtonProps) {
  return (
    <Button
      aria-label={label}
      title={label}
      variant={variant}
      size={size}
      className={cn("px-0", sizes[size ?? "md"], className)}
      {...props}
    />
  );
}
