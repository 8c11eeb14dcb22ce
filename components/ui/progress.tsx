import { cn } from "@/lib/core/class-names";

type Props = { label: string; value: number | null; tone?: "normal" | "warning" | "danger"; className?: string };

const tones = { normal: "bg-primary", warning: "bg-warning", danger: "bg-destructive" };

/** How far something is, 0 to 1; null while nobody knows. */
export function Progress({ label, value, tone = "normal", className }: Props) {
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
          "h-full w-full origin-left rounded-full transition-transform duration-300",
          tones[tone],
          percent === undefined && "animate-breathe",
        )}
        style={{ transform: `scaleX(${(percent ?? 100) / 100})` }}
      />
    </div>
  );
}
