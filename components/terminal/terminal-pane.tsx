"use client";

import { useEffect, useRef, useState } from "react";
import { cn } from "@/lib/core/class-names";
import type { ShellInfo } from "@/lib/terminal/contract";
import { KeyBar } from "./key-bar";
import { PasteDialog } from "./paste-dialog";
import type { TerminalLook } from "./terminal-look";
import { TerminalNotice } from "./terminal-notice";
import { TerminalSearch } from "./terminal-search";
import type { ConnectionState } from "./terminal-types";
import { useMountedTerminal } from "./use-mounted-terminal";
import type { Terminals } from "./use-terminals";
import { withCtrl } from "./with-ctrl";

type Props = {
  shell: ShellInfo;
  look: TerminalLook;
  terminals: Terminals;
  isActive: boolean;
  isSearching: boolean;
  onSearchEnd: () => void;
};

/** One shell on the screen: what it shows, how the connection is, search, and on a phone the keys it lacks. */
export function TerminalPane({ shell, look, terminals, isActive, isSearching, onSearchEnd }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<ConnectionState>("connecting");
  const [paste, setPaste] = useState<string | null>(null);
  const [isCtrlDown, setIsCtrlDown] = useState(false);
  const mounted = useMountedTerminal(host, shell.id, look, {
    onState: setState,
    onEnded: (ended) => terminals.note({ id: shell.id, ended, running: null }),
    onName: (name) => terminals.note({ id: shell.id, name }),
    onFocus: () => terminals.focus(shell.id),
    onLongPaste: setPaste,
    onType(text) {
      if (!isCtrlDown) return text;
      setIsCtrlDown(false);
      return withCtrl(text);
    },
    isSignedIn: terminals.isSignedIn,
  });
  const focus = () => mounted.current?.terminal.focus();
  useEffect(() => {
    if (isActive) mounted.current?.terminal.focus();
  }, [isActive, mounted]);
  const pressKey = (key: string) => {
    const { terminal, connection } = mounted.current ?? {};
    // In the mode that editors set, the arrows are told as SS3 instead of CSI.
    const isArrow = key.length === 3 && key[1] === "[";
    connection?.type(isArrow && terminal?.modes.applicationCursorKeysMode ? key.replace("[", "O") : key);
    focus();
  };
  return (
    <section
      aria-label={`Terminal: ${shell.name}`}
      className={cn("relative flex min-h-0 min-w-0 flex-1 flex-col bg-background text-foreground", look.isDark ? "dark" : "light")}
    >
      <TerminalNotice shell={shell} state={state} onRetry={() => mounted.current?.connection.retry()} terminals={terminals} />
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
        data-connection={state}
        className={cn(
          "min-h-0 flex-1 overflow-hidden [&_.xterm]:h-full [&_.xterm]:py-1 [&_.xterm]:pl-3 [&_.xterm-viewport]:bg-background!",
          shell.ended && "opacity-80",
        )}
      />
      <KeyBar onKey={pressKey} isCtrlDown={isCtrlDown} onCtrl={() => setIsCtrlDown(!isCtrlDown)} />
      {paste !== null && (
        <PasteDialog
          text={paste}
          onClose={() => setPaste(null)}
          onPaste={() => {
            mounted.current?.terminal.paste(paste);
            setPaste(null);
          }}
          onReturn={focus}
        />
      )}
    </section>
  );
}
