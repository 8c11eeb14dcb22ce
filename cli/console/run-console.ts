import type { Model } from "@/lib/gateway/contract";
import { type Api, listAll } from "../api/api.ts";
import { CliError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import type { Io } from "../io.ts";
import { printable } from "../output/printable.ts";
import { style } from "../output/style.ts";
import type { SignIns } from "../sign-in/sign-ins.ts";
import { consoleOptionsOf, parseLine, splitWords } from "./parse-line.ts";

type World = { table: Command[] /** What help tells of. */; offered: Command[]; io: Io; api: Api; clear(): void };

/** The console's own words, beside the commands of the table. */
export const consoleWords = { use: "choose the model that ask and chat take", help: "tell what there is", clear: "empty the screen" };

/** A page is signed in by its cookie, and keeps no sign-ins. */
const noSignIns: SignIns = { lastServer: async () => undefined, find: async () => undefined, update: async () => undefined };

/** Reads lines and runs them, one after the other, until there are no more. Failures are told, and the next line is read. */
export async function runConsole(world: World): Promise<void> {
  const { io } = world;
  const chosen: { model?: string } = {};
  for (let line = await io.readLine("hearth› "); line !== null; line = await io.readLine("hearth› ")) {
    if (line.trim() === "") continue;
    try {
      await runLine(world, chosen, line);
    } catch (error) {
      io.err(`${style(io.colour.err, "red", printable(wordsOf(error)))}\n`);
    }
  }
}

async function runLine(world: World, chosen: { model?: string }, line: string): Promise<void> {
  const { table, io, api, clear } = world;
  const [word = "", ...rest] = line.trim().split(/\s+/);
  if (word === "clear") return clear();
  if (word === "help") return help(world, rest.join(" "));
  if (word === "use") return use(world, chosen, splitWords(line)[1]);
  const { command, args, options } = parseLine(table, line);
  const takesModel = consoleOptionsOf(command).some(({ flags }) => flags.includes("--model "));
  const asked = takesModel ? { model: chosen.model, ...options } : options;
  await command.run({ args, options: asked, io, api, signIns: noSignIns });
}

async function use({ io, api }: World, chosen: { model?: string }, model: string | undefined): Promise<void> {
  if (!model) return io.out(`${chosen.model ?? "The model is chosen by Hearth. use <model> changes that."}\n`);
  const found = await listAll<Model>(api, "/api/v1/models");
  if (model !== "auto" && !found.some(({ id }) => id === model))
    throw new CliError("notFound", `There is no model ${model}. Write models for those there are.`);
  chosen.model = model;
  io.out(`ask and chat take ${model} from now on.\n`);
}

function help({ offered: table, io }: World, name: string): void {
  const command = table.find((one) => one.name === name);
  if (!command) {
    const rows = [...table.map(({ name, summary }) => [name, summary]), ...Object.entries(consoleWords)];
    for (const [title = "", summary] of rows) io.out(`${style(io.colour.out, "bold", title.padEnd(13))} ${summary}\n`);
    return io.out("Tab completes, the arrows bring back earlier lines, Ctrl-C stops a reply. help <command> tells its options.\n");
  }
  io.out(`${[command.name, ...(command.arguments ?? []).map(({ usage }) => usage)].join(" ")}\n${command.summary}\n`);
  for (const { flags, summary } of consoleOptionsOf(command)) io.out(`  ${flags.padEnd(26)} ${summary}\n`);
}

/** What the command line would tell of its own sign-in and server is told in a page's words. */
function wordsOf(error: unknown): string {
  if (!(error instanceof CliError)) return error instanceof Error ? error.message : String(error);
  if (error.exit === "notSignedIn") return "Your sign-in has ended. Load the page again to sign in.";
  if (error.exit === "unreachable") return "Hearth cannot be reached. Check the connection and try again.";
  return error.message;
}
