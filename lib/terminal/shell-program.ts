import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import { env, environmentOnly } from "@/lib/core/env";

/** Programs that accounts have in a shell's place so that nobody signs in with them. */
const noShells = new Set(["nologin", "false", "true", "sync", "halt", "shutdown"]);

/** The program that a terminal runs: the setting's, else `$SHELL`, which services and containers do not have, else the account's, else bash or sh. */
export function shellProgram(): string {
  const chosen = env().HEARTH_TERMINAL_SHELL ?? environmentOnly(["SHELL"]).SHELL;
  if (chosen) return chosen;
  const own = accountShell();
  if (own && !noShells.has(path.basename(own)) && existsSync(own)) return own;
  return existsSync("/bin/bash") ? "/bin/bash" : "/bin/sh";
}

/** Containers may run under an id that no account has. */
function accountShell(): string | null {
  try {
    return userInfo().shell;
  } catch {
    return null;
  }
}
