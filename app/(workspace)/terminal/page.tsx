import type { Metadata } from "next";
import { TerminalLoader } from "@/components/terminal/terminal-loader";
import { TerminalMissing } from "@/components/terminal/terminal-missing";
import { adminPageCaller } from "@/lib/auth/page-caller";
import { listShells } from "@/lib/terminal/list-shells";
import { terminalState } from "@/lib/terminal/terminal-state";
import { closeTerminal, listTerminals, openTerminal, renameTerminal } from "./actions";

export const metadata: Metadata = { title: "Terminal" };

/** Shells on Hearth's machine, for admins; or why there are none. */
export default async function TerminalPage() {
  const caller = await adminPageCaller();
  const state = await terminalState();
  if (state !== "ready") return <TerminalMissing state={state} />;
  const actions = { list: listTerminals, open: openTerminal, rename: renameTerminal, close: closeTerminal };
  return <TerminalLoader shells={listShells(caller)} actions={actions} />;
}
