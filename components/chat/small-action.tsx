import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/core/class-names";

type Props = Omit<ComponentProps<typeof Button>, "aria-label" | "title" | "variant" | "size"> & { label: string };

/** A small button under a message. It has the browser's own tooltip: hundreds of them must cost nothing. */
export function SmallAction({ label, className, ...props }: Props) {
  return <Button aria-label={label} title={label} variant="quiet" size="sm" className={cn("size-7 px-0", className)} {...props} />;
}
