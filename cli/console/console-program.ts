import type { Api } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { optionsOf } from "../options-of.ts";
import { printable } from "../output/printable.ts";
import { style } from "../output/style.ts";
import { offeredTo, sharedCommands } from "../shared-commands.ts";
import { clear } from "./commands/clear.ts";
import { help } from "./commands/help.ts";
import { type ChosenModel, use } from "./commands/use.ts";
import { parseLine } from "./parse-line.ts";

type World = { api: Api /** Of who is signed in. */; role: string; chosen: ChosenModel; clearScreen: () => void };

/** Where a browser is signed in, its cookie tells the server; there is nothing to keep. */
const noSignIns = { lastServer: async () => undefined, find: async () => undefined, update: async () => undefined };

/**
 * The console's commands: the shell's that make sense in a page, and its own. `offered` are those that help and completion tell of;
 * whatever else is typed the server refuses. `run` takes a line and never throws.
 */
export function consoleProgram({ api, role, chosen, clearScreen }: World) {
  const offered: Command[] = [...offeredTo(role), use(chosen), help(() => offered), clear(clearScreen)];
  const table = [...new Set([...sharedCommands, ...offered])];
  const run = async (line: string, io: Io): Promise<void> => {
    try {
      const parsed = parseLine(table, line);
      if (!parsed) return;
      const { command, args, options } = parsed;
      if (parsed.wantsHelp) return await run(`help ${command.name}`, io);
      const takesModel = optionsOf(command).some(({ flags, repeatable }) => flags.includes("--model") && !repeatable);
      const given = takesModel ? { model: chosen.get(), ...options } : options;
      await command.run({ args, options: given, io, api, signIns: noSignIns });
    } catch (error) {
      io.err(`${style(io.colour.err, "red", printable(wordsOf(error)))}\n`);
    }
  };
  return { offered, run };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof CliError)) return error instanceof Error ? error.message : String(error);
  if (error.exit === "notSignedIn") return "Your sign-in has ended. Load this page again to sign in.";
  if (error.exit === "unreachable") return "Hearth cannot be reached. Check the connection and try again.";
  return error.message;
}
