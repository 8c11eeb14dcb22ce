import { db } from "@/db/database";
import { getUser } from "@/db/queries/users";
import { env } from "@/lib/core/env";
import { NotFoundError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { closeCode } from "./contract";
import type { Shell } from "./shell";
import { shells } from "./shells";

const longestPauseMs = 60_000;
/** How long the last screen of a shell that ended can still be read. */
const keepEndedMs = 600_000;

const sweeping = () => processGlobal<{ timer?: NodeJS.Timeout }>("shell-sweep", () => ({}));

/** Looks at all shells from now on, each minute or as often as the idle limit asks, as long as there are any. */
export function startShellSweep(): void {
  if (sweeping().timer) return;
  const pauseMs = Math.min(longestPauseMs, Math.max(100, env().HEARTH_TERMINAL_IDLE_MS / 4));
  sweeping().timer = setInterval(() => {
    void sweepShells().catch((error) => log().warn({ err: error }, "terminal sessions could not be looked at"));
    if (shells().size === 0) stopShellSweep();
  }, pauseMs).unref();
}

/** Looks no more; the next shell begins it again. */
export function stopShellSweep(): void {
  clearInterval(sweeping().timer);
  sweeping().timer = undefined;
}

/** Ends shells that are idle or whose owner is no admin any more, and forgets those that ended a while ago. */
export async function sweepShells(): Promise<void> {
  const admins = new Map<string, boolean>();
  for (const shell of [...shells().values()]) {
    if (!admins.has(shell.ownerId)) admins.set(shell.ownerId, await isAdmin(shell.ownerId));
    if (!admins.get(shell.ownerId)) forget(shell, closeCode.signedOut, "The account is no admin's any more.");
    else if (shell.ended && Date.now() - shell.endedAt > keepEndedMs) forget(shell, closeCode.noShell, "It ended a while ago.");
    else if (!shell.ended && Date.now() - shell.activeAt > env().HEARTH_TERMINAL_IDLE_MS) shell.hangUp("idle");
  }
}

function forget(shell: Shell, code: number, reason: string): void {
  shell.hangUp();
  shell.dispose(code, reason);
  shells().delete(shell.id);
}

async function isAdmin(userId: string): Promise<boolean> {
  return getUser(db(), userId).then(
    ({ role }) => role === "admin",
    (error) => {
      // A database that does not answer takes nobody's shell away.
      return !(error instanceof NotFoundError);
    },
  );
}
