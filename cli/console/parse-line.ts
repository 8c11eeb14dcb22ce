import { CliError } from "../cli-error.ts";
import type { Command, OptionSpec } from "../command.ts";

export type ParsedLine = { command: Command; args: string[]; options: Record<string, unknown> };

const json: OptionSpec = { flags: "--json", summary: "write the result as JSON" };

/** The options that a command has in a console: all but the server's address. */
export const consoleOptionsOf = (command: Command): OptionSpec[] => [...(command.options ?? []), ...(command.json === false ? [] : [json])];

/**
 * The words of a line, as a shell would split it. A quotation mark counts where a word begins and nowhere else: people write
 * "What's this?" without thinking of quotes.
 * @throws CliError when a quotation is not closed
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  for (let rest = line.trim(); rest; ) {
    const quote = /^["']/.exec(rest)?.[0];
    const end = quote ? rest.indexOf(quote, 1) : rest.search(/\s|$/);
    if (end < 0) throw new CliError("usage", `A quotation that begins with ${quote} is not closed.`);
    words.push(rest.slice(quote ? 1 : 0, end));
    rest = rest.slice(end + (quote ? 1 : 0)).trimStart();
  }
  return words;
}

/** What a line of the console means. @throws CliError when there is no such command, or it does not take that */
export function parseLine(table: Command[], line: string): ParsedLine {
  const words = splitWords(line);
  if (words[0] === "hearth") words.shift();
  const command = table.find(({ name }) => name.split(" ").every((word, index) => words[index] === word));
  if (!command) throw new CliError("usage", `There is no command ${words[0] ?? ""}. Write help for those there are.`);
  const { args, options } = readOptions(command, words.slice(command.name.split(" ").length));
  const least = (command.arguments ?? []).filter(({ usage }) => usage.startsWith("<")).length;
  const missing = command.arguments?.[args.length]?.usage;
  if (args.length < least) throw new CliError("usage", `${command.name} needs ${missing}.`);
  return { command, args, options };
}

function readOptions(command: Command, words: string[]) {
  const args: string[] = [];
  const options: Record<string, unknown> = {};
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    if (word === "--") return { args: [...args, ...left], options };
    if (!/^-(-[a-z]|[a-z]$)/.test(word)) {
      args.push(word);
      continue;
    }
    const [flag = "", given] = word.split(/=(.*)/s);
    const spec = consoleOptionsOf(command).find(({ flags }) => namesOf(flags).includes(flag));
    if (!spec) throw new CliError("usage", `${command.name} has no option ${flag}. Write help ${command.name} for those it has.`);
    const takesValue = /[<[]/.test(spec.flags);
    const value = takesValue ? (given ?? left.shift()) : "";
    if (value === undefined) throw new CliError("usage", `${flag} needs a value.`);
    const name = keyOf(spec.flags);
    const read = takesValue ? readValue(spec, value) : true;
    options[name] = spec.repeatable ? [...((options[name] as unknown[] | undefined) ?? []), read] : read;
  }
  return { args, options };
}

function readValue({ choices, parse }: OptionSpec, value: string): unknown {
  if (choices && !choices.includes(value)) throw new CliError("usage", `${value} is none of ${choices.join(", ")}.`);
  return parse ? parse(value) : value;
}

/** As in `-m, --model <id>`: -m and --model. */
export const namesOf = (flags: string): string[] => flags.match(/(?<=^|[ ,])--?[a-z-]+/g) ?? [];

/** The key of a handler's option: `topP` for `--top-p <number>`. */
const keyOf = (flags: string): string =>
  (namesOf(flags).at(-1) ?? "").replace(/^-+/, "").replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
