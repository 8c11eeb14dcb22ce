import type { PointerEvent } from "react";
import { cn } from "@/lib/core/class-names";

type Props = { onKey: (sequence: string) => void; isCtrlDown: boolean; onCtrl: () => void };

const keys = [
  { label: "Esc", sequence: "\x1b" },
  { label: "Tab", sequence: "\t" },
  { label: "Ctrl", sequence: null },
  { label: "Left", face: "←", sequence: "\x1b[D" },
  { label: "Down", face: "↓", sequence: "\x1b[B" },
  { label: "Up", face: "↑", sequence: "\x1b[A" },
  { label: "Right", face: "→", sequence: "\x1b[C" },
  { label: "|", sequence: "|" },
  { label: "/", sequence: "/" },
  { label: "~", sequence: "~" },
] as const;

/** The keys that a phone's keyboard lacks. Ctrl holds for the next key that is typed. */
export function KeyBar({ onKey, isCtrlDown, onCtrl }: Props) {
  // A press that took the focus would fold the phone's keyboard away.
  const keepFocus = (event: PointerEvent) => event.preventDefault();
  return (
    <div
      role="toolbar"
      aria-label="Keys"
      onPointerDown={keepFocus}
      className="flex shrink-0 gap-1 overflow-x-auto border-t border-border bg-sidebar p-1.5 md:hidden"
    >
      {keys.map((key) => (
        <button
          key={key.label}
          type="button"
          aria-label={key.label}
          aria-pressed={key.sequence === null ? isCtrlDown : undefined}
          onClick={() => (key.sequence === null ? onCtrl() : onKey(key.sequence))}
          className={cn(
            "pressable h-9 min-w-7 shrink-0 grow rounded-md border border-border bg-background px-1.5 font-mono text-sm active:bg-selected",
            key.sequence === null && isCtrlDown && "bg-primary text-primary-foreground",
          )}
        >
          {"face" in key ? key.face : key.label}
        </button>
      ))}
    </div>
  );
}
