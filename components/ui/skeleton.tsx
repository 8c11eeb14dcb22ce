import { cn } from "@/lib/core/class-names";

/** Holds the place of something that is on its way. Not read aloud. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-breathe rounded-md bg-selected", className)} />;
}
