import type { Metadata } from "next";
import { ConsoleLoader, TerminalLoader } from "@/components/terminal/terminal-loader";
import { pageCaller } from "@/lib/auth/page-caller";
import { listShells } from "@/lib/terminal/list-shells";
import { terminalState } from "@/lib/terminal/terminal-state";
import { closeTerminal, lastTerminalCommand, listTerminals, openTerminal, renameTerminal } from "./actions";

export const metadata: Metadata = { title: "Terminal" };

type Props = { searchParams: Promise<{ view?: string | string[] }> };

/** The console, and for admins shells on Hearth's machine, or why there are none. */
export default async function TerminalPage({ searchParams }: Props) {
  const [caller, { view }] = [await pageCaller(), await searchParams];
  if (caller.role !== "admin") return <ConsoleLoader missing={null} />;
  const state = await terminalState();
  if (state !== "ready") return <ConsoleLoader missing={state} />;
  const verbs = { list: listTerminals, open: openTerminal, rename: renameTerminal, close: closeTerminal };
  const actions = { ...verbs, lastCommand: lastTerminalCommand };
  return <TerminalLoader shells={listShells(caller)} actions={actions} beginsWithConsole={view === "console"} />;
}
