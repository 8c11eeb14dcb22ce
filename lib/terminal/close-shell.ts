import type { Caller } from "@/lib/http/caller";
import { closeCode } from "./contract";
import { getShell, shells } from "./shells";

/**
 * Ends one of the caller's shells and forgets it. While a program runs in it, only with `force`.
 * @returns the program that stands in the way, null when it was closed
 * @throws NotFoundError when it is not theirs
 */
export function closeShell(caller: Caller, { id, force }: { id: string; force: boolean }): { running: string | null } {
  const shell = getShell({ id, ownerId: caller.userId });
  const { running } = shell.info;
  if (running && !force) return { running };
  shells().delete(id);
  shell.hangUp();
  shell.dispose(closeCode.noShell, "This terminal was closed.");
  return { running: null };
}
