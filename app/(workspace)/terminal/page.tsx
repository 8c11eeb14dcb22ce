import type { Metadata } from "next";
import { ConsoleLoader } from "@/components/console/console-loader";
import { TerminalLoader } from "@/components/terminal/terminal-loader";
import { TerminalMissing } from "@/components/terminal/terminal-missing";
import { pageCaller } from "@/lib/auth/page-caller";
import { listShells } from "@/lib/terminal/list-shells";
import { terminalState } from "@/lib/terminal/terminal-state";
import { closeTerminal, lastTerminalCommand, listTerminals, openTerminal, renameTerminal } from "./actions";

export const metadata: Metadata = { title: "Terminal" };

/** Shells on Hearth's machine, for admins; and a console of Hearth's own commands, for everybody. */
export default async function TerminalPage({ searchParams }: { searchParams: Promise<{ view?: string | string[] }> }) {
  const caller = await pageCaller();
  if (caller.role !== "admin") return <ConsoleLoader hasShells={false} />;
  const state = await terminalState();
  if (state === "ready" && (await searchParams).view !== "console") {
    const verbs = { list: listTerminals, open: openTerminal, rename: renameTerminal, close: closeTerminal };
    const actions = { ...verbs, lastCommand: lastTerminalCommand };
    return <TerminalLoader shells={listShells(caller)} actions={actions} />;
  }
  return (
    <>
      <ConsoleLoader hasShells={state === "ready"} />
      {state !== "ready" && <TerminalMissing state={state} />}
    </>
  );
}
