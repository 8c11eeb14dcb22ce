import type { Command } from "../command.ts";
import { consoleOptionsOf, namesOf } from "./parse-line.ts";

/** What the last word of a line could be, in full; the word itself may be empty. */
export function complete(table: Command[], words: readonly string[], models: readonly string[], line: string): string[] {
  const before = line.split(/\s+/).slice(0, -1);
  const word = line.split(/\s+/).at(-1) ?? "";
  const command = table.find(({ name }) => name.split(" ").every((part, index) => before[index] === part));
  return [...new Set(candidates())].filter((one) => one.startsWith(word));

  function candidates(): readonly string[] {
    if (before.length === 0) return [...words, ...table.map(({ name }) => name.split(" ")[0] ?? "")];
    if (before[0] === "use" && before.length === 1) return models;
    if (before[0] === "help" || !command) return secondWords(before[0] === "help" ? before.slice(1) : before);
    if (["-m", "--model"].includes(before.at(-1) ?? "")) return models;
    return word.startsWith("-") ? consoleOptionsOf(command).flatMap(({ flags }) => namesOf(flags).slice(-1)) : [];
  }

  function secondWords(first: string[]): string[] {
    if (first.length === 0) return table.map(({ name }) => name.split(" ")[0] ?? "");
    return table.filter(({ name }) => name.startsWith(`${first.join(" ")} `)).map(({ name }) => name.split(" ")[1] ?? "");
  }
}

/** What all of them begin with. */
export function commonStart(texts: string[]): string {
  const [first = "", ...others] = texts;
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
