import type { Api } from "./api/api.ts";
import type { Io } from "./io.ts";
import type { SignIns } from "./sign-in/sign-ins.ts";

export type OptionSpec = {
  /** As in `-m, --model <id>`. */
  flags: string;
  summary: string;
  /** May be given several times; the handler gets a list. */
  repeatable?: boolean;
  /** What it may be. */
  choices?: readonly string[];
  /** Reads a value. @throws CliError */
  parse?: (value: string) => unknown;
  /** Everywhere unless told. */
  where?: Where;
};

/** What a command is run with. Handlers take the world from here and never from the process. */
export type Call<Options> = {
  /** The words after the command, in order; missing ones are absent. */
  args: string[];
  options: Options & { json?: boolean; server?: string };
  io: Io;
  api: Api;
  /** The sign-ins of this machine; a page's console has one of its own. */
  signIns: SignIns;
};

/** Where it makes sense: in the shell alone, in a page's console alone, or in both. */
export type Where = "everywhere" | "shell" | "console";

export type Command = {
  /** One or two words, as in `keys create`. */
  name: string;
  summary: string;
  /** As in `[prompt...]`: <required>, [optional], `...` for the rest. */
  arguments?: { usage: string; summary: string }[];
  options?: OptionSpec[];
  /** Whose ids its first word is one of. */
  completes?: "models" | "runs";
  /** False where there is nothing to tell as JSON. */
  json?: false;
  where: Where;
  /** Told only to admins where it is known who asks; the server refuses others. */
  access?: "admin";
  /** Lines of shell with a comment each, for the help and `docs/cli.md`. */
  examples?: string[];
  // biome-ignore lint/suspicious/noExplicitAny: the table holds handlers of different options; `defineCommand` ties each to its own
  run(call: Call<any>): Promise<void>;
};

/** Declares a command, with the options that its handler gets. */
export function defineCommand<Options = object>(command: Omit<Command, "run"> & { run(call: Call<Options>): Promise<void> }): Command {
  return command;
}
