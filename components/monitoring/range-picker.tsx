import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "@/lib/core/class-names";
import { presets } from "@/lib/monitoring/overview/contract";
import { OwnRange } from "./own-range";
import { type LinkedView, viewHref } from "./view-href";

type Props = { path: string; view: LinkedView; shown: { from: string; to: string }; text: string; children?: ReactNode };

const names = { "1h": "1 h", "24h": "24 h", "7d": "7 d", "30d": "30 d" };
const spoken = { "1h": "Last hour", "24h": "Last 24 hours", "7d": "Last 7 days", "30d": "Last 30 days" };

/** The time that is looked at: a preset up to now, or from one moment to another. Each is a link. `children` stand beside its text. */
export function RangePicker({ path, view, shown, text, children }: Props) {
  const isOwn = view.from !== undefined || view.to !== undefined;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <nav aria-label="Time range" className="flex rounded-md border border-border p-0.5">
        {presets.map((range) => {
          const isChosen = !isOwn && view.range === range;
          return (
            <Link
              key={range}
              href={viewHref(path, view, { range, from: null, to: null })}
              aria-label={spoken[range]}
              aria-current={isChosen ? "true" : undefined}
              scroll={false}
              className={segmentStyle(isChosen)}
            >
              {names[range]}
            </Link>
          );
        })}
        <OwnRange path={path} view={view} shown={shown} isChosen={isOwn} />
      </nav>
      <p className="text-xs text-muted-foreground tabular-nums">{text}</p>
      {children}
    </div>
  );
}

/** One of several links side by side, of which one is chosen. */
export const segmentStyle = (isChosen: boolean) =>
  cn(
    "pressable flex h-7 items-center rounded-sm px-2.5 text-sm whitespace-nowrap text-muted-foreground hover:bg-hover hover:text-foreground",
    isChosen && "bg-selected text-foreground",
  );
