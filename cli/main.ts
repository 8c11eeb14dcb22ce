/** `hearth`: reads the command line, runs one command of the table, and ends with the exit code that tells how it went. */
import { CommanderError } from "commander";
import { httpApi } from "./api/http-api.ts";
import { CliError } from "./cli-error.ts";
import { commands } from "./commands.ts";
import { exitCodes } from "./exit-codes.ts";
import { printable } from "./output/printable.ts";
import { style } from "./output/style.ts";
import { signInPath } from "./process/folders.ts";
import { processIo } from "./process/process-io.ts";
import { program } from "./program.ts";
import { authorization } from "./sign-in/authorization.ts";
import { serverAddress, usualServer } from "./sign-in/server-address.ts";
import { signInFile } from "./sign-in/sign-in-file.ts";

const { io, finish } = processIo();
const wantsJson = process.argv.includes("--json");

try {
  // What the parser would tell of a wrong line is told as JSON instead.
  const parser = program(commands, wantsJson ? { ...io, err: () => {} } : io, async (command, args, options) => {
    const signIns = signInFile(signInPath());
    const given = (options.server as string | undefined) || process.env.HEARTH_SERVER || undefined;
    const server = given ? serverAddress(given) : ((await signIns.lastServer()) ?? usualServer);
    const api = httpApi(server, authorization(server, signIns, process.env.HEARTH_API_KEY || undefined));
    await command.run({ args, options, io, api, signIns });
  });
  await parser.parseAsync();
  await finish(0);
} catch (error) {
  await finish(tell(error));
}

/** Writes what went wrong. @returns the exit code */
function tell(error: unknown): number {
  const known = toCliError(error);
  if (!known) return exitCodes.ok.code;
  const { code } = exitCodes[known.exit];
  if (known.exit === "outputClosed") return code;
  if (wantsJson) io.err(`${JSON.stringify({ error: { ...known.problem, exitCode: code } })}\n`);
  else if (!(error instanceof CommanderError)) io.err(`${style(io.colour.err, "red", printable(known.message))}\n`);
  return code;
}

/** Null for a parser that only told its help or version, which it ends with an error too. */
function toCliError(error: unknown): CliError | null {
  if (error instanceof CliError) return error;
  if (!(error instanceof CommanderError)) return new CliError("failure", error instanceof Error ? error.message : String(error));
  if (error.exitCode === 0) return null;
  const isHelp = error.code === "commander.help";
  return new CliError("usage", isHelp ? "A command is missing. Run it with --help." : error.message.replace(/^error: /, ""));
}
