import { cn } from "@/lib/core/class-names";

/** How far something is, 0 to 1; null while nobody knows. */
export function Progress({ label, value, className }: { label: string; value: number | null; className?: string }) {
  const percent = value === null ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cn("h-1.5 w-full overflow-hidden rounded-full bg-selected", className)}
    >
      <div
        className={cn(
          "h-full w-full origin-left rounded-full bg-primary transition-transform duration-300",
          percent === undefined && "animate-breathe",
        )}
        style={{ transform: `scaleX(${(percent ?? 100) / 100})` }}
      />
    </div>
  );
}
