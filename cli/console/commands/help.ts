import { CliError } from "../../cli-error.ts";
import { type Command, defineCommand } from "../../command.ts";
import { optionsOf } from "../../options-of.ts";
import { style } from "../../output/style.ts";

const keys = "Tab completes, arrow up brings lines back, Ctrl-C stops a reply, Ctrl-L empties the screen.";

export const help = (table: () => Command[]) =>
  defineCommand({
    name: "help",
    summary: "Tell what there is, or what a command takes",
    where: "console",
    json: false,
    arguments: [{ usage: "[command...]", summary: "its name" }],
    async run({ args: [name], io }) {
      const found = table().filter((command) => !name || command.name === name || command.name.startsWith(`${name} `));
      if (found.length === 0) throw new CliError("usage", `There is no command ${name} here. Write help to see what there is.`);
      const [only] = found;
      if (name && only && found.length === 1) return io.out(describe(only, io.colour.out));
      for (const { name, summary } of found) io.out(`${style(io.colour.out, "bold", name.padEnd(12))} ${summary}\n`);
      if (!name) io.out(`\n${keys} help and a command's name tells what it takes.\n`);
    },
  });

/** What a command takes. */
function describe(command: Command, colour: boolean): string {
  const { name, summary, arguments: words = [] } = command;
  const rows = [
    ...words.map((word) => [word.usage, word.summary]),
    ...optionsOf(command, "console").map(({ flags, summary, choices }) => [
      flags,
      choices ? `${summary} (${choices.join(", ")})` : summary,
    ]),
  ];
  const width = Math.max(0, ...rows.map(([what = ""]) => what.length));
  const lines = rows.map(([what = "", text]) => `  ${what.padEnd(width)}  ${text}\n`);
  return `${style(colour, "bold", [name, ...words.map(({ usage }) => usage)].join(" "))}\n${summary}.\n${lines.join("")}`;
}
