import { Command as Commander, Option } from "commander";
import { CliError } from "./cli-error.ts";
import type { Command, OptionSpec } from "./command.ts";
import { groups } from "./groups.ts";
import type { Io } from "./io.ts";
import { optionsOf } from "./options-of.ts";
import { version } from "./version.ts";

type Options = Record<string, unknown>;
export type Run = (command: Command, args: string[], options: Options) => Promise<void>;

/** The parser for a table of commands. It throws a CommanderError where it has told what is wrong, or the help. */
export function program(commands: Command[], io: Io, run: Run): Commander {
  const top = dressed(new Commander("hearth"), io)
    .description("Hearth from the command line: ask, chat, pipe. Start with `hearth login`.")
    .version(version, "-V, --version", "tell the version")
    .helpCommand("help [command]", "tell what a command takes");
  for (const command of commands) {
    const [first = "", second] = command.name.split(" ");
    const parent = second ? groupOf(top, first, io) : top;
    // `hearth keys` is `hearth keys list`.
    const made = dressed(parent.command(second ?? first, { isDefault: second === "list" }), io).description(command.summary);
    for (const { usage, summary } of command.arguments ?? []) made.argument(usage, summary);
    for (const spec of optionsOf(command)) made.addOption(toOption(spec));
    if (command.examples) made.addHelpText("after", `\nExamples:\n${command.examples.map((line) => `  ${line}\n`).join("")}`);
    made.action(() => run(command, made.args, made.opts()));
  }
  return top;
}

function dressed(command: Commander, io: Io): Commander {
  return command
    .exitOverride()
    .helpOption("-h, --help", "tell what it takes")
    .showHelpAfterError("Run it with --help to see what it takes.")
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHasColors: () => io.colour.out,
      getErrHasColors: () => io.colour.err,
    });
}

function groupOf(top: Commander, name: string, io: Io): Commander {
  const found = top.commands.find((command) => command.name() === name);
  return found ?? dressed(top.command(name), io).description(groups[name] ?? "");
}

function toOption({ flags, summary, repeatable, choices, parse }: OptionSpec): Option {
  const option = new Option(flags, summary);
  const read = (value: string) => {
    if (!choices || choices.includes(value)) return parse ? parse(value) : value;
    throw new CliError("usage", `${value} is none of ${choices.join(", ")}.`);
  };
  return option.argParser((value: string, before: unknown) =>
    repeatable ? [...(Array.isArray(before) ? before : []), read(value)] : read(value),
  );
}
