import type { Command, OptionSpec } from "./command.ts";

/** Options that commands have beside their own. */
const json: OptionSpec = { flags: "--json", summary: "write the result as JSON, and an error as one line of JSON" };
const server: OptionSpec = {
  flags: "--server <address>",
  summary: "the Hearth to talk to; HEARTH_SERVER, or where you signed in last, when absent",
};

/** All options of a command. */
export function optionsOf(command: Command): OptionSpec[] {
  return [...(command.options ?? []), ...(command.json === false ? [] : [server, json])];
}
