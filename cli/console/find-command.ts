import { CliError } from "../cli-error.ts";
import type { Command } from "../command.ts";
import { groups } from "../groups.ts";
import type { Word } from "./split-words.ts";

/** The command that words begin with, and the words after it. `hearth` before it is taken as said. @throws CliError */
export function findCommand(table: Command[], words: Word[]): { command: Command; rest: Word[] } {
  const own = words[0]?.text === "hearth" ? words.slice(1) : words;
  const [first = "", second = ""] = own.map(({ text }) => text);
  const two = table.find(({ name }) => name === `${first} ${second}`);
  if (two) return { command: two, rest: own.slice(2) };
  const one = table.find(({ name }) => name === first);
  if (one) return { command: one, rest: own.slice(1) };
  const list = second === "" && table.find(({ name }) => name === `${first} list`);
  if (list) return { command: list, rest: [] };
  const inGroup = table.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name] : []));
  if (groups[first] && inGroup.length > 0) throw new CliError("usage", `Write one of: ${inGroup.join(", ")}.`);
  throw new CliError("usage", `There is no command ${first} here. Write help to see what there is.`);
}
