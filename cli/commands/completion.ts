import { CliError } from "../cli-error.ts";
import { type Command, defineCommand } from "../command.ts";
import { completionScripts } from "../completion/completion-scripts.ts";

export const completion = (table: () => Command[]) =>
  defineCommand({
    name: "completion",
    summary: "Write the completion script for bash, zsh or fish",
    where: "shell",
    json: false,
    arguments: [{ usage: "<shell>", summary: "bash, zsh or fish" }],
    examples: [
      'eval "$(hearth completion bash)"',
      'hearth completion zsh > "$' + '{fpath[1]}/_hearth"',
      "hearth completion fish > ~/.config/fish/completions/hearth.fish",
    ],
    async run({ args: [shell = ""], io }) {
      const script = Object.entries(completionScripts).find(([name]) => name === shell)?.[1];
      if (!script) throw new CliError("usage", `There is no completion for ${shell}. Choose bash, zsh or fish.`);
      io.out(script(table()));
    },
  });
