import { ConflictError } from "@/lib/core/errors";
import type { Shell } from "../shell";
import type { CommandEvent } from "./track-commands";

type Ask = { line: string; signal: AbortSignal; timeoutMs: number };
export type CommandOutcome = { output: string; exitStatus: number | null; isRunning: boolean; cutChars: number };

/** What a shell has to begin a command. One with an open quote or bracket waits for more, and so it would forever. */
const beginMs = 10_000;
const lookAgainMs = 200;
const ctrlC = "\x03";

/**
 * Types a line into a shell that waits for one, and Enter, and follows the command until it has ended or the time is up.
 * @throws ConflictError when the shell does not begin it, and the signal's reason, after Ctrl-C, when that aborts
 */
export async function followCommand(shell: Shell, { line, signal, timeoutMs }: Ask): Promise<CommandOutcome> {
  const { commands } = shell;
  if (!commands) throw new ConflictError("This shell does not tell where commands end.");
  const startedAt = Date.now();
  let hasBegun = false;
  const { promise, resolve, reject } = Promise.withResolvers<CommandOutcome>();
  const onEvent = (event: CommandEvent) => {
    if (event.type === "began") hasBegun = true;
    else if (event.type === "ended") resolve({ ...soFar(event.command), isRunning: false });
    else if (!hasBegun)
      resolve({ output: withoutLine(event.refused ?? "", line), exitStatus: event.exitStatus, isRunning: false, cutChars: 0 });
  };
  const look = () => {
    const last = () => (hasBegun ? commands.list().at(-1) : undefined);
    if (shell.ended) return resolve({ ...soFar(last()), exitStatus: shell.ended.exitCode, isRunning: false });
    const passedMs = Date.now() - startedAt;
    if (hasBegun && passedMs > timeoutMs) return resolve({ ...soFar(last()), isRunning: true });
    if (hasBegun || passedMs < Math.max(beginMs, timeoutMs)) return;
    shell.write(ctrlC);
    reject(new ConflictError("The shell did not begin the command. Is a quote or a bracket open?"));
  };
  const abort = () => {
    shell.write(ctrlC);
    reject(signal.reason);
  };
  const stopListening = commands.listen(onEvent);
  const timer = setInterval(look, lookAgainMs);
  signal.addEventListener("abort", abort, { once: true });
  try {
    shell.paste(line);
    shell.write("\r");
    return await promise;
  } finally {
    stopListening();
    clearInterval(timer);
    signal.removeEventListener("abort", abort);
  }
}

function soFar(command?: { output: string; cutChars: number; exitStatus: number | null }) {
  return { output: command?.output ?? "", cutChars: command?.cutChars ?? 0, exitStatus: command?.exitStatus ?? null };
}

/** What a shell says to a line that it does not begin, as for a syntax error, without the line itself. */
function withoutLine(text: string, line: string): string {
  return text.startsWith(line) ? text.slice(line.length).trim() : text.trim();
}
