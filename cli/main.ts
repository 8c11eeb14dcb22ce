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
  const parser = program(commands, io, async (command, args, options) => {
    const signIns = signInFile(signInPath());
    const given = (options.server as string | undefined) || process.env.HEARTH_SERVER || undefined;
    const server = given ? serverAddress(given) : ((await signIns.lastServer()) ?? usualServer);
    const api = httpApi(server, authorization(server, signIns, process.env.HEARTH_API_KEY || undefined));
    await command.run({ args, options, io, api, signIns });
    if (command.name === "serve") await new Promise(() => {});
  });
  await parser.parseAsync();
  await finish(0);
} catch (error) {
  await finish(tell(error));
}

/** Writes what went wrong. @returns the exit code */
function tell(error: unknown): number {
  // Commander has told it already; asking for help is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok.code : exitCodes.usage.code;
  const known = error instanceof CliError ? error : new CliError("failure", error instanceof Error ? error.message : String(error));
  const { code } = exitCodes[known.exit];
  if (known.exit === "outputClosed") return code;
  if (wantsJson) io.err(`${JSON.stringify({ error: { ...known.problem, exitCode: code } })}\n`);
  else io.err(`${style(io.colour.err, "red", printable(known.message))}\n`);
  return code;
}
