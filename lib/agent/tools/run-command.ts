import { hostname, userInfo } from "node:os";
import { z } from "zod";
import { db } from "@/db/database";
import { getUser } from "@/db/queries/users";
import { checkCommandLine } from "@/lib/terminal/commands/check-command-line";
import { writesMarks } from "@/lib/terminal/commands/shell-integration";
import { runCommand as typeCommand } from "@/lib/terminal/run-command";
import { shellProgram } from "@/lib/terminal/shell-program";
import { terminalState } from "@/lib/terminal/terminal-state";
import { cutMiddle } from "./cut-middle";
import { defineTool, type ToolCaller } from "./tool";

/** How long the agent waits for a command; one that goes on is left running. */
const commandMs = 120_000;
/** A new shell shows its prompt first, and a line that it does not begin is taken back. */
const aroundMs = 60_000;
const kept = { headChars: 4_000, tailChars: 8_000 };

/** Format characters, as those that turn the reading direction, and separators of lines: with them a person approves what they do not see. */
const unseen = /[\p{Cf}\p{Zl}\p{Zp}]/u;

const missing = {
  off: "The terminal is off here. An admin can turn it on with HEARTH_TERMINAL=admin and a restart.",
  "no-pty": "There are no terminals here: the package node-pty could not be installed on this machine.",
  "no-server": "There are no terminals here: Hearth runs without its own server, which npm start has.",
};

export const runCommand = defineTool({
  name: "run_command",
  description:
    "Runs one shell command line on the machine that Hearth runs on, in the user's terminal, and gives its output and exit status. Use it only when the user asks for something to be done or looked up on that machine. The user sees the command and must approve it first; do not ask for permission yourself. Join several commands with && or ;.",
  input: z.object({
    command: z
      .string()
      .max(10_000)
      .check(({ value, issues }) => {
        const wrong = problemOf(value);
        if (wrong) issues.push({ code: "custom", message: wrong, input: value });
      })
      .describe("One command line, as in df -h / | tail -1"),
  }),
  timeoutMs: commandMs + aroundMs,
  risk: "execute",
  maxOutputChars: 40_000,
  describeEffect: () =>
    `It is typed into your terminal on ${hostname()}, the one you used last or a new one named Agent, and runs as ${userName()}.`,
  unavailable,
  async run({ command }, { userId: ownerId, signal }) {
    const { shellName, output, exitStatus, isRunning, cutChars } = await typeCommand({ ownerId, command, signal, timeoutMs: commandMs });
    return {
      terminal: shellName,
      exitStatus,
      output: cutMiddle(output, { ...kept, alreadyCut: cutChars }),
      ...(isRunning && { note: `It had not ended after ${commandMs / 1_000} seconds and was left running; this is its output so far.` }),
    };
  },
});

async function unavailable({ userId, key }: ToolCaller): Promise<string | null> {
  const state = await terminalState();
  if (state !== "ready") return missing[state];
  if (!writesMarks(shellProgram()))
    return "The terminal's shell does not tell where commands end. An admin can set HEARTH_TERMINAL_SHELL to bash, zsh or fish.";
  if ((await getUser(db(), userId)).role !== "admin") return "Only admins can have commands run on this machine.";
  return key && !key.scopes.includes("admin") ? "An API key without the scope admin cannot have commands run on this machine." : null;
}

/** Why a line cannot be run as it is, or nothing. */
function problemOf(command: string): string | undefined {
  if (unseen.test(command)) return "The command has characters that cannot be seen or change the order of others. Write them as escapes.";
  try {
    checkCommandLine(command);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Containers may run under an id that no account has. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.()}`;
  }
}
