import type { Caller } from "@/lib/http/caller";
import type { LastCommand } from "./contract";
import { getShell } from "./shells";

/** What is handed on of an output: of its beginning, and of its end, where errors mostly are. */
const headChars = 3_000;
const tailChars = 9_000;

/**
 * The command that was run last in one of the caller's shells, or that runs; null when there was none, or the shell does not tell.
 * @throws NotFoundError when the shell is not theirs
 */
export function readLastCommand(caller: Caller, { id }: { id: string }): LastCommand | null {
  const last = getShell({ id, ownerId: caller.userId }).commands?.list().at(-1);
  if (!last) return null;
  const { text, exitStatus, endedAt } = last;
  return { text, output: shortened(last.output), exitStatus, isRunning: endedAt === null };
}

function shortened(output: string): string {
  return output.length <= headChars + tailChars ? output : `${output.slice(0, headChars)}\n[…]\n${output.slice(-tailChars)}`;
}
