"use server";

import { action } from "@/lib/auth/action";
import { closeShell } from "@/lib/terminal/close-shell";
import { closeShellInput, noInput, renameShellInput, shellId, shellSize } from "@/lib/terminal/contract";
import { listShells } from "@/lib/terminal/list-shells";
import { openShell } from "@/lib/terminal/open-shell";
import { readLastCommand } from "@/lib/terminal/read-last-command";
import { renameShell } from "@/lib/terminal/rename-shell";

export const listTerminals = action("admin", noInput, async ({ caller }) => listShells(caller));

export const openTerminal = action("admin", shellSize, ({ caller, input }) => openShell(caller, input));

export const renameTerminal = action("admin", renameShellInput, async ({ caller, input }) => renameShell(caller, input));

export const closeTerminal = action("admin", closeShellInput, async ({ caller, input }) => closeShell(caller, input));

export const lastTerminalCommand = action("admin", shellId, async ({ caller, input }) => readLastCommand(caller, input));
