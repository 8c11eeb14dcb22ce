import { ChevronDown, ChevronRight } from "lucide-react";
import { cn } from "@/lib/core/class-names";
import type { SpanView } from "@/lib/monitoring/spans/contract";
import { unitText } from "../unit-text";
import { barStyle, kindNames, lengthOf, statusNames } from "./span-words";

type Props = {
  span: SpanView;
  axis: { startMs: number; totalMs: number; nowMs: number };
  isOpen: boolean;
  /** It is the one that Tab leads to. */
  isReached: boolean;
  parts: "none" | "shown" | "folded";
  onOpen: () => void;
  onFold: () => void;
};

/** A span of the waterfall: its name, as far in as it is deep, and its bar. */
export function SpanRow({ span, axis, isOpen, isReached, parts, onOpen, onFold }: Props) {
  const { id, depth, kind, name, status, startMs, firstTokenMs } = span;
  const tookMs = lengthOf(span, axis.nowMs);
  const left = (100 * (startMs - axis.startMs)) / axis.totalMs;
  const width = Math.min(100 - left, (100 * tookMs) / axis.totalMs);
  const took = unitText(tookMs, "ms");
  const state = status === "ok" ? "" : `, ${statusNames[status].toLowerCase()}`;
  const Chevron = parts === "folded" ? ChevronRight : ChevronDown;
  return (
    // The tree around it handles the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      role="treeitem"
      data-span={id}
      aria-level={depth + 1}
      aria-selected={isOpen}
      aria-expanded={parts === "none" ? undefined : parts === "shown"}
      aria-label={`${name}, ${kindNames[kind].toLowerCase()}, ${took}${state}`}
      tabIndex={isReached ? 0 : -1}
      onClick={onOpen}
      className={cn("focus-inset flex min-h-8 cursor-pointer items-center px-3 text-sm hover:bg-hover", isOpen && "bg-selected")}
    >
      <span className="flex w-1/2 shrink-0 items-center gap-1 pr-2 md:w-2/5" style={{ paddingLeft: `${depth * 0.75}rem` }}>
        {parts === "none" ? (
          <span className="w-3.5 shrink-0" />
        ) : (
          // For the mouse; arrow keys do it in the tree.
          <button
            type="button"
            aria-hidden
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              onFold();
            }}
            className="shrink-0 rounded-sm text-muted-foreground hover:text-foreground"
          >
            <Chevron className="size-3.5" />
          </button>
        )}
        <span className={cn("truncate", status === "error" && "text-destructive")} title={name}>
          {name}
        </span>
        {kindNames[kind] !== name && <span className="hidden shrink-0 text-xs text-muted-foreground sm:inline">{kindNames[kind]}</span>}
      </span>
      <span className="relative h-5 min-w-0 flex-1">
        <span
          className={cn("absolute top-1 h-3 min-w-0.5 overflow-hidden rounded-sm", barStyle(span), status === "running" && "animate-pulse")}
          style={{ left: `${Math.min(left, 99.5)}%`, width: `${width}%` }}
        >
          {firstTokenMs !== null && tookMs > 0 && (
            <span className="absolute inset-y-0 left-0 bg-card/55" style={{ width: `${Math.min(100, (100 * firstTokenMs) / tookMs)}%` }} />
          )}
        </span>
      </span>
      <span className="w-16 shrink-0 text-right text-xs text-muted-foreground tabular-nums">{took}</span>
    </div>
  );
}
