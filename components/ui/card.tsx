import type { ComponentProps } from "react";
import { cn } from "@/lib/core/class-names";

/** A bordered panel. */
export function Card({ className, ...props }: ComponentProps<"section">) {
  return <section className={cn("flex flex-col gap-4 rounded-lg border border-border bg-card p-5", className)} {...props} />;
}

/** A panel's heading; `as` picks the level, h2 unless told. */
export function CardTitle({ as: Heading = "h2", className, ...props }: ComponentProps<"h2"> & { as?: "h1" | "h2" | "h3" }) {
  return <Heading className={cn("text-lg font-semibold", className)} {...props} />;
}

/** A sentence under a panel's heading. */
export function CardDescription({ className, ...props }: ComponentProps<"p">) {
  return <p className={cn("text-sm text-muted-foreground", className)} {...props} />;
}
