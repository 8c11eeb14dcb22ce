import { cn } from "@/lib/core/class-names";
import { changeText, type Unit, unitText } from "./unit-text";

/** A value, the period before's, and which way is good; of most figures neither is. */
export type Figure = { name?: string; value: number | null; before: number | null; unit: Unit; good?: "up" | "down" };

type Props = { label: string; figures: Figure[]; note?: string };

/** One figure, or a few of a kind side by side, each beside the period before. */
export function FigureTile({ label, figures, note }: Props) {
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-lg border border-border bg-card px-4 py-3">
      <dt className="text-xs text-muted-foreground">{label}</dt>
      <dd className="flex flex-wrap items-end gap-x-3 gap-y-1">
        {figures.map((figure, index) => (
          <Value
            key={figure.name ?? label}
            figure={figure}
            size={figures.length === 1 ? "text-xl" : index === 0 ? "text-base" : "text-sm"}
          />
        ))}
      </dd>
      {note && <dd className="text-xs text-muted-foreground tabular-nums">{note}</dd>}
    </div>
  );
}

/** A figure by itself is large; beside others, whose like it is, it leaves them room. */
function Value({ figure, size }: { figure: Figure; size: "text-xl" | "text-base" | "text-sm" }) {
  const { name, value, before, unit } = figure;
  return (
    <span className="flex flex-col">
      {name && <span className="text-2xs text-muted-foreground">{name}</span>}
      <span className={cn("font-semibold whitespace-nowrap tabular-nums", size, "leading-7")}>{unitText(value, unit)}</span>
      <Change figure={figure} before={before} />
    </span>
  );
}

function Change({ figure: { value, before: was, unit, good }, before }: { figure: Figure; before: number | null }) {
  const text = changeText(value, was);
  if (text === null) {
    const why = value === null ? "Nothing in this time" : "Nothing in the period before";
    return (
      <span title={why} className="text-xs text-muted-foreground">
        <span aria-hidden>–</span>
        <span className="sr-only">{why}</span>
      </span>
    );
  }
  const direction = (value ?? 0) > (was ?? 0) ? "up" : "down";
  const isSmall = text === "±0 %";
  return (
    <span
      title={`${unitText(before, unit)} in the period before`}
      className={cn(
        "text-xs tabular-nums text-muted-foreground",
        good && !isSmall && (good === direction ? "text-success" : "text-warning"),
      )}
    >
      {text}
      <span className="sr-only"> compared with {unitText(before, unit)} in the period before</span>
    </span>
  );
}
