import { useEffect, useEffectEvent, useRef, useState } from "react";
import { KeyBar } from "@/components/terminal/key-bar";
import type { TerminalLook } from "@/components/terminal/terminal-look";
import { TerminalSearch } from "@/components/terminal/terminal-search";
import { withCtrl } from "@/components/terminal/with-ctrl";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { cn } from "@/lib/core/class-names";
import { type MountedConsole, mountConsole } from "./mount-console";

type Props = {
  look: TerminalLook;
  isActive: boolean;
  isSearching: boolean;
  onSearchEnd: () => void;
  onFocus?: () => void;
};

/** Hearth's own commands, written and answered in a terminal: no shell, and no more than the reader may do anyway. */
export function ConsolePane({ look, isActive, isSearching, onSearchEnd, onFocus = () => {} }: Props) {
  const { id, role } = useWorkspace().user;
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedConsole | null>(null);
  const [isCtrlDown, setIsCtrlDown] = useState(false);
  const onType = useEffectEvent((text: string) => {
    if (!isCtrlDown) return text;
    setIsCtrlDown(false);
    return withCtrl(text);
  });
  const told = useEffectEvent(onFocus);
  const first = useEffectEvent(() => look);
  const { fontSizePx, screenReader, isDark } = look;
  useEffect(() => {
    if (!host.current) return;
    const made = mountConsole(host.current, { id, role }, first(), { onFocus: () => told(), onType: (text) => onType(text) });
    mounted.current = made;
    return () => {
      made.dispose();
      mounted.current = null;
    };
  }, [id, role]);
  useEffect(() => mounted.current?.setLook({ fontSizePx, screenReader, isDark }), [fontSizePx, screenReader, isDark]);
  const focus = () => mounted.current?.terminal.focus();
  useEffect(() => {
    if (isActive) mounted.current?.terminal.focus();
  }, [isActive]);
  return (
    <section
      aria-label="Console"
      className={cn("relative flex min-h-0 min-w-0 flex-1 flex-col bg-background text-foreground", isDark ? "dark" : "light")}
    >
      {isSearching && mounted.current && (
        <TerminalSearch
          search={mounted.current.search}
          onEnd={() => {
            onSearchEnd();
            focus();
          }}
        />
      )}
      <div
        ref={host}
        className="min-h-0 flex-1 overflow-hidden [&_.xterm]:h-full [&_.xterm]:py-1 [&_.xterm]:pl-3 [&_.xterm-viewport]:bg-background!"
      />
      <KeyBar
        onKey={(key) => {
          mounted.current?.take(key);
          focus();
        }}
        isCtrlDown={isCtrlDown}
        onCtrl={() => setIsCtrlDown(!isCtrlDown)}
      />
    </section>
  );
}
