import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { env } from "@/lib/core/env";
import { ConflictError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { log } from "@/lib/core/log";
import { processGlobal } from "@/lib/core/process-global";
import { shellIntegration } from "./commands/shell-integration";
import type { ShellInfo, ShellSize } from "./contract";
import { loadPty } from "./load-libraries";
import { recordShellBegin, recordShellEnd, type ShellOwner, shellOpener } from "./record-shell";
import { createScreen } from "./screen";
import { Shell } from "./shell";
import { shellEnvironment } from "./shell-environment";
import { shellProgram } from "./shell-program";
import { shells } from "./shells";
import { startShellSweep } from "./sweep-shells";

/** How many shells are being made right now: they count, so that many asked for at once are not too many. */
const pending = () => processGlobal("shells-pending", () => ({ count: 0 }));

/**
 * Starts a shell for an admin, in a terminal of that size, named after its program unless told.
 * @throws ConflictError when terminals are off or cannot be had here, as many run as may, or shell or folder are missing
 */
export async function openShell(owner: ShellOwner, size: ShellSize, name?: string): Promise<ShellInfo> {
  const { HEARTH_TERMINAL, HEARTH_TERMINAL_MAX_SESSIONS: max } = env();
  if (HEARTH_TERMINAL === "off") throw new ConflictError("The terminal is off. Set HEARTH_TERMINAL=admin and start Hearth again.");
  const running = [...shells().values()].filter(({ ended }) => !ended).length + pending().count;
  if (running >= max)
    throw new ConflictError(`${max} terminals run, which is the limit. Close one, or raise HEARTH_TERMINAL_MAX_SESSIONS.`);
  pending().count += 1;
  try {
    const shell = await spawnShell(owner, size, name);
    await recordShellBegin(shellOpener(owner), shell).catch((error) => {
      shell.hangUp();
      throw error;
    });
    shells().set(shell.id, shell);
    startShellSweep();
    log().info({ shellId: shell.id, userId: owner.userId, sessionId: owner.sessionId, pid: shell.pid }, "terminal session began");
    return shell.info;
  } finally {
    pending().count -= 1;
  }
}

async function spawnShell(owner: ShellOwner, size: ShellSize, asked?: string): Promise<Shell> {
  const pty = await loadPty();
  if (!pty) throw new ConflictError("The package node-pty could not be installed on this machine, and terminals need it.");
  const { program, cwd } = whatToRun();
  // The screen answers what programs ask of a terminal, and programs run only once the shell is there.
  let shell: Shell | undefined;
  const { args, env: extra, nonce } = shellIntegration(program) ?? { args: [], env: {}, nonce: null };
  const screen = await createScreen(size, (answer) => shell?.answer(answer), nonce);
  const environment = { ...shellEnvironment(), ...extra };
  const child = pty.spawn(program, args, { name: "xterm-256color", ...size, cwd, env: environment, encoding: null });
  const opener = shellOpener(owner);
  const name = freeName(owner.userId, asked ?? path.basename(program));
  shell = new Shell({ id: newId(), ownerId: owner.userId, name, program, pty: child, screen, onEnd: (ended) => noteEnd(opener, ended) });
  return shell;
}

function whatToRun(): { program: string; cwd: string } {
  const program = shellProgram();
  const cwd = env().HEARTH_TERMINAL_CWD ?? homedir();
  if (path.isAbsolute(program) && !existsSync(program))
    throw new ConflictError(`There is no shell ${program}. Set HEARTH_TERMINAL_SHELL to one that is there.`);
  if (!existsSync(cwd)) throw new ConflictError(`There is no folder ${cwd}. Set HEARTH_TERMINAL_CWD to one that is there.`);
  return { program, cwd };
}

/** The shell's own name, with a number when the owner has one of that name. */
function freeName(ownerId: string, base: string): string {
  const taken = new Set([...shells().values()].filter((shell) => shell.ownerId === ownerId).map(({ name }) => name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`;
    if (!taken.has(name)) return name;
  }
}

function noteEnd(opener: ReturnType<typeof shellOpener>, shell: Shell): void {
  const { id, ownerId, ended, startedAt } = shell;
  const durationMs = Date.now() - startedAt;
  recordShellEnd(opener, shell);
  log().info({ shellId: id, userId: ownerId, ...ended, durationMs }, "terminal session ended");
}
