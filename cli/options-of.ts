import type { Command, OptionSpec, Where } from "./command.ts";

/** Options that commands have beside their own. */
const json: OptionSpec = { flags: "--json", summary: "write the result as JSON, and an error as one line of JSON" };
const server: OptionSpec = {
  flags: "--server <address>",
  summary: "the Hearth to talk to; HEARTH_SERVER, or where you signed in last, when absent",
  where: "shell",
};

/** All options that a command has in the shell, or in a page's console. */
export function optionsOf(command: Command, place: Exclude<Where, "everywhere"> = "shell"): OptionSpec[] {
  const all = [...(command.options ?? []), ...(command.json === false ? [] : [server, json])];
  return all.filter(({ where = "everywhere" }) => where === "everywhere" || where === place);
}
