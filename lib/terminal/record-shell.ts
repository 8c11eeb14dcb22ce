import { db } from "@/db/database";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { acting } from "@/lib/http/acting";
import type { Caller } from "@/lib/http/caller";
import { recordEvent } from "@/lib/monitoring/audit/record-event";
import type { Shell } from "./shell";

/** What is still being written: a process that stops waits for it. */
const pending = () => processGlobal("shell-records", () => new Set<Promise<void>>());

/** Whose a shell is. An agent's, which no request opens, has no sign-in. */
export type ShellOwner = Pick<Caller, "userId" | "email"> & Partial<Pick<Caller, "via" | "sessionId">>;

/** Who begins a shell, and from where: a shell may end long after that request. */
export function shellOpener({ userId: id, email: name, via }: ShellOwner) {
  const { address, requestId } = acting() ?? {};
  return { id, name, via, address, requestId };
}

type ShellOpener = ReturnType<typeof shellOpener>;

const targetOf = ({ id, info }: Shell) => ({ kind: "terminal", id, name: info.name });

/** Writes down that a shell was begun, by whom and from where. */
export function recordShellBegin(opener: ShellOpener, shell: Shell): Promise<void> {
  return recordEvent(db(), { action: "terminal.started", actor: opener, target: targetOf(shell), after: { pid: shell.pid } });
}

/** Writes down how a shell ended, in the background: it ends whether or not that can be written. */
export function recordShellEnd(opener: ShellOpener, shell: Shell): void {
  const { ended, startedAt } = shell;
  const durationS = Math.round((Date.now() - startedAt) / 1_000);
  const event = { action: "terminal.ended", actor: opener, target: targetOf(shell), after: { ...ended, durationS } } as const;
  const writing = Promise.resolve()
    .then(() => recordEvent(db(), event))
    .catch((error) => log().error({ err: error, shellId: shell.id }, "a terminal's end could not be written to the audit log"))
    .finally(() => pending().delete(writing));
  pending().add(writing);
}

/** Waits for what is being written. */
export async function settleShellRecords(): Promise<void> {
  await Promise.all(pending());
}
