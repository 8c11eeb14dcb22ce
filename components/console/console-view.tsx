"use client";

import "@xterm/xterm/css/xterm.css";
import { useTheme } from "next-themes";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { KeyBar } from "@/components/terminal/key-bar";
import { TerminalMenu } from "@/components/terminal/terminal-menu";
import { readPreferences, savePreferences, type TerminalPreferences } from "@/components/terminal/terminal-preferences";
import { withCtrl } from "@/components/terminal/with-ctrl";
import { PageHeader } from "@/components/workspace/page-header";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { type MountedConsole, mountConsole } from "./mount-console";
import { ShellsLink } from "./view-links";

/** The console under its header. `hasShells` tells whether there is a way to shells too. */
export function ConsoleView({ hasShells }: { hasShells: boolean }) {
  const { user } = useWorkspace();
  const { resolvedTheme } = useTheme();
  const [look, setLook] = useState(() => readPreferences(user.id));
  const [isCtrlDown, setIsCtrlDown] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedConsole | null>(null);
  const { fontSizePx, screenReader } = look;
  const isDark = resolvedTheme === "dark";
  const first = useEffectEvent(() => ({ fontSizePx, screenReader, isDark }));
  const onType = useEffectEvent((text: string) => {
    if (!isCtrlDown) return text;
    setIsCtrlDown(false);
    return withCtrl(text);
  });
  useEffect(() => {
    if (!host.current) return;
    mounted.current = mountConsole(host.current, { id: user.id, role: user.role }, first(), (text) => onType(text));
    return () => {
      mounted.current?.dispose();
      mounted.current = null;
    };
  }, [user.id, user.role]);
  useEffect(() => mounted.current?.setLook({ fontSizePx, screenReader, isDark }), [fontSizePx, screenReader, isDark]);
  const changeLook = (changed: Partial<TerminalPreferences>) => {
    setLook({ ...look, ...changed });
    savePreferences(user.id, changed);
  };
  return (
    <>
      <PageHeader title="Terminal">
        {hasShells && <ShellsLink />}
        <TerminalMenu look={look} onChange={changeLook} />
      </PageHeader>
      <section aria-label="Console" className="flex min-h-0 flex-1 flex-col">
        <div ref={host} className="min-h-0 flex-1 overflow-hidden px-3 py-1" />
        <KeyBar onKey={(sequence) => mounted.current?.type(sequence)} isCtrlDown={isCtrlDown} onCtrl={() => setIsCtrlDown(!isCtrlDown)} />
      </section>
    </>
  );
}
