import { CliError } from "../cli-error.ts";
import type { Command, OptionSpec } from "../command.ts";
import { optionsOf } from "../options-of.ts";
import { findCommand } from "./find-command.ts";
import { splitWords, type Word } from "./split-words.ts";

export type ParsedLine = { command: Command; args: string[]; options: Record<string, unknown>; wantsHelp: boolean };

/** What a line of the console means, null for an empty one. It reads lines as the shell's parser does. @throws CliError */
export function parseLine(table: Command[], line: string): ParsedLine | null {
  const words = splitWords(line);
  if (words.length === 0) return null;
  const { command, rest } = findCommand(table, words);
  const specs = optionsOf(command, "console");
  const takesRest = command.arguments?.some(({ usage }) => usage.includes("...")) ?? false;
  const options: Record<string, unknown> = {};
  const free: Word[] = [];
  let wantsHelp = false;
  let areOptionsOver = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as Word;
    const spec = areOptionsOver || word.isQuoted ? undefined : specs.find((one) => namesOf(one).includes(nameIn(word.text)));
    if (spec) at += take(options, spec, word, rest[at + 1]);
    else if (!areOptionsOver && free.length === 0 && word.text === "--") areOptionsOver = true;
    else if (["-h", "--help"].includes(word.text) && free.length === 0) wantsHelp = true;
    else if (isStray(word) && !areOptionsOver && !(takesRest && free.length > 0))
      throw new CliError("usage", `${command.name} has no option ${word.text}. Write help ${command.name} to see what it takes.`);
    else free.push(word);
  }
  if (!wantsHelp) checkArguments(command, free, takesRest);
  return { command, args: takesRest && free.length > 0 ? [asWritten(free, line)] : free.map(({ text }) => text), options, wantsHelp };
}

const namesOf = ({ flags }: OptionSpec) => flags.split(/[ ,]+/).filter((word) => word.startsWith("-"));
const nameIn = (text: string) => (text.startsWith("--") ? (text.split("=")[0] ?? "") : text);
const isStray = ({ text, isQuoted }: Word) => !isQuoted && /^--?[a-z]/i.test(text);

/** Notes an option's value. @returns how many words it took beside its own */
function take(options: Record<string, unknown>, spec: OptionSpec, word: Word, next: Word | undefined): number {
  const { flags, choices, parse, repeatable } = spec;
  const name = keyOf(flags);
  if (!flags.includes("<")) {
    options[name] = true;
    return 0;
  }
  const isJoined = word.text.startsWith("--") && word.text.includes("=");
  const value = isJoined ? word.text.slice(word.text.indexOf("=") + 1) : next?.text;
  if (value === undefined) throw new CliError("usage", `${word.text} needs a value: ${flags}.`);
  if (choices && !choices.includes(value)) throw new CliError("usage", `${value} is none of ${choices.join(", ")}.`);
  const read = parse ? parse(value) : value;
  options[name] = repeatable ? [...((options[name] as unknown[] | undefined) ?? []), read] : read;
  return isJoined ? 0 : 1;
}

/** As handlers call it: `--max-tokens` is maxTokens. */
function keyOf(flags: string): string {
  const long = /--([\w-]+)/.exec(flags)?.[1] ?? "";
  return long.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function checkArguments({ name, arguments: wanted = [] }: Command, free: Word[], takesRest: boolean): void {
  const missing = wanted.slice(free.length).find(({ usage }) => usage.startsWith("<"));
  if (missing) throw new CliError("usage", `${name} needs ${missing.usage}: ${missing.summary}.`);
  const extra = takesRest ? undefined : free[wanted.length];
  if (extra) throw new CliError("usage", `${name} does not take ${extra.text}.`);
}

/** The words with what stood between them: a question keeps its lines. */
function asWritten(free: Word[], line: string): string {
  return free
    .map((word, index) => {
      const before = free[index - 1];
      const between = before ? line.slice(before.end, word.start) : "";
      // Where an option stood between, its own words are no part of it.
      return (between.trim() === "" ? between : " ") + word.text;
    })
    .join("");
}
