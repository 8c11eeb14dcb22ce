import { NotFoundError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";
import type { Shell } from "./shell";

/** Every shell of this process, in the order in which they began. */
export const shells = () => processGlobal("shells", () => new Map<string, Shell>());

/** The owner's shell; null when there is none of that id, or it is another's. */
export function findShell(by: { id: string; ownerId: string }): Shell | null {
  const shell = shells().get(by.id);
  return shell?.ownerId === by.ownerId ? shell : null;
}

/** The owner's shell. @throws NotFoundError */
export function getShell(by: { id: string; ownerId: string }): Shell {
  const shell = findShell(by);
  if (!shell) throw new NotFoundError("terminal", by.id);
  return shell;
}
