import type { Caller } from "@/lib/http/caller";
import type { ShellInfo } from "./contract";
import { getShell } from "./shells";

/** Gives one of the caller's shells a name, for all who look on. @throws NotFoundError when it is not theirs */
export function renameShell(caller: Caller, { id, name }: { id: string; name: string }): ShellInfo {
  const shell = getShell({ id, ownerId: caller.userId });
  shell.rename(name);
  return shell.info;
}
