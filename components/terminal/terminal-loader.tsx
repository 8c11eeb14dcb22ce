"use client";

import dynamic from "next/dynamic";
import { PageHeader } from "@/components/workspace/page-header";
import type { ShellInfo } from "@/lib/terminal/contract";
import type { MissingState, TerminalActions } from "./terminal-types";

const loading = () => (
  <>
    <PageHeader title="Terminal" />
    <p role="status" className="m-auto text-sm text-muted-foreground">
      Loading the terminal…
    </p>
  </>
);

/** The terminal's code is for this page alone, and nothing of it can be drawn on the server. */
const TerminalWorkspace = dynamic(() => import("./terminal-workspace").then((module) => module.TerminalWorkspace), {
  ssr: false,
  loading,
});

/** The console alone, which is smaller. */
const ConsoleWorkspace = dynamic(() => import("@/components/console/console-workspace").then((module) => module.ConsoleWorkspace), {
  ssr: false,
  loading,
});

/** Fetches the terminal and shows it. */
export function TerminalLoader(props: { shells: ShellInfo[]; actions: TerminalActions; beginsWithConsole: boolean }) {
  return <TerminalWorkspace {...props} />;
}

/** Fetches the console and shows it, for whom there are no shells; `missing` tells an admin why. */
export function ConsoleLoader(props: { missing: MissingState | null }) {
  return <ConsoleWorkspace {...props} />;
}
