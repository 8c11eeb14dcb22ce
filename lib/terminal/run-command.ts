import { db } from "@/db/database";
import { getUser } from "@/db/queries/users";
import { ConflictError, ForbiddenError } from "@/lib/core/errors";
import { processGlobal } from "@/lib/core/process-global";
import { checkCommandLine } from "./commands/check-command-line";
import { followCommand } from "./commands/follow-command";
import { waitForPrompt } from "./commands/wait-for-prompt";
import { openShell } from "./open-shell";
import type { Shell } from "./shell";
import { shells } from "./shells";

type Ask = { ownerId: string; command: string; signal: AbortSignal; timeoutMs: number };

/** What became of a command. `output` is plain text; `exitStatus` is null while it runs, and where the shell did not tell. */
export type CommandResult = {
  shellId: string;
  shellName: string;
  output: string;
  exitStatus: number | null;
  isRunning: boolean;
  /** Characters left out of the middle of `output`, as near as the bytes tell. */
  cutChars: number;
};

/** The size of a terminal that nobody looks at yet. */
const unseenSize = { cols: 120, rows: 30 };
/** What a new shell has to show its prompt: it reads the person's own files first. */
const startMs = 30_000;
/** What a shell has to show the next prompt, so that the next command finds it idle. */
const nextPromptMs = 1_000;

/** The shells that a command is being typed into: another takes another shell. */
const taken = () => processGlobal("shells-taken", () => new Set<string>());

/**
 * Types one command line into the admin's most recently active shell that waits for one, or into a new one named "Agent", and waits
 * until it has ended. After `timeoutMs` it is left running, and what it has put out so far is returned.
 * @throws InvalidRequestError for what is no single command line, ForbiddenError when the owner is no admin, ConflictError when
 * terminals are off, too many run, or the shell writes no marks, and the signal's reason after Ctrl-C when that aborts
 */
export async function runCommand({ ownerId, command, signal, timeoutMs }: Ask): Promise<CommandResult> {
  const line = checkCommandLine(command);
  signal.throwIfAborted();
  const owner = await getUser(db(), ownerId);
  if (owner.role !== "admin") throw new ForbiddenError("Only an admin may run commands.");
  const shell = takeIdle(ownerId) ?? (await openTaken({ userId: ownerId, email: owner.email }));
  try {
    const outcome = await followCommand(shell, { line, signal, timeoutMs });
    if (!outcome.isRunning) await waitForPrompt(shell, nextPromptMs);
    return { shellId: shell.id, shellName: shell.name, ...outcome };
  } finally {
    taken().delete(shell.id);
  }
}

function takeIdle(ownerId: string): Shell | null {
  const idle = [...shells().values()].filter(
    (shell) => shell.ownerId === ownerId && !shell.ended && !taken().has(shell.id) && shell.commands?.isIdle(),
  );
  const shell = idle.toSorted((one, other) => other.activeAt - one.activeAt)[0] ?? null;
  if (shell) taken().add(shell.id);
  return shell;
}

async function openTaken(owner: { userId: string; email: string }): Promise<Shell> {
  const { id } = await openShell(owner, unseenSize, "Agent");
  const shell = shells().get(id);
  taken().add(id);
  if (shell?.commands && (await waitForPrompt(shell, startMs))) return shell;
  taken().delete(id);
  if (shell?.commands) throw new ConflictError("The new terminal shows no prompt yet. Look at it, then try again.");
  throw new ConflictError("This shell does not tell where commands end. Set HEARTH_TERMINAL_SHELL to bash, zsh or fish.");
}
