import type { Command } from "../command.ts";
import { describeTable } from "../completion/describe-table.ts";
import { optionsOf } from "../options-of.ts";
import { splitWords } from "./split-words.ts";

/** The ids that a word may be, newest first where they have an age. */
export type Ids = (of: "models" | "runs") => Promise<string[]>;

export type Completion = { /** Where the word begins that is completed. */ from: number; candidates: string[] };

/**
 * How the last word of a text can go on: commands, their options and what those may be, models and runs.
 * `ids` is asked only where one is meant.
 */
export async function complete(table: Command[], text: string, ids: Ids): Promise<Completion> {
  const from = text.search(/\S*$/);
  const begun = text.slice(from);
  const words = splitWords(text.slice(0, from)).map((word) => word.text);
  if (words[0] === "hearth") words.shift();
  const all = await candidatesAfter(table, words, begun, ids);
  return { from, candidates: all.filter((one) => one.startsWith(begun)).sort() };
}

async function candidatesAfter(table: Command[], words: string[], begun: string, ids: Ids): Promise<string[]> {
  const described = describeTable(table, "console");
  const wordsAt = (path: string) => described.find((one) => one.path === path)?.words.map(({ word }) => word) ?? [];
  if (words.length === 0) return wordsAt("");
  if (words[0] === "help") return words.length === 1 ? wordsAt("") : wordsAt(words[1] ?? "").filter((word) => !word.startsWith("-"));
  const [first = "", second = ""] = words;
  const command = table.find(({ name }) => name === `${first} ${second}`) ?? table.find(({ name }) => name === first);
  if (!command) return words.length === 1 ? wordsAt(first) : [];
  const last = words.at(-1) ?? "";
  const option = optionsOf(command, "console").find(({ flags }) => flags.includes("<") && flags.split(/[ ,]+/).includes(last));
  if (option?.choices) return [...option.choices];
  if (option) return option.flags.includes("--model") ? ids("models") : [];
  if (command.completes && words.length === command.name.split(" ").length) return ids(command.completes);
  return begun.startsWith("-") || !command.arguments ? wordsAt(command.name) : [];
}
