"use client";

import dynamic from "next/dynamic";
import { PageHeader } from "@/components/workspace/page-header";
import type { ShellInfo } from "@/lib/terminal/contract";
import type { TerminalActions } from "./terminal-types";

/** The terminal's code is for this page alone, and nothing of it can be drawn on the server. */
const TerminalWorkspace = dynamic(() => import("./terminal-workspace").then((module) => module.TerminalWorkspace), {
  ssr: false,
  loading: () => (
    <>
      <PageHeader title="Terminal" />
      <p role="status" className="m-auto text-sm text-muted-foreground">
        Loading the terminal…
      </p>
    </>
  ),
});

/** Fetches the terminal and shows it. */
export function TerminalLoader(props: { shells: ShellInfo[]; actions: TerminalActions }) {
  return <TerminalWorkspace {...props} />;
}
