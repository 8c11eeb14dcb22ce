import type { Command } from "./command.ts";
import { exitCodes } from "./exit-codes.ts";
import { optionsOf } from "./options-of.ts";

const head = `# The command line

\`npx hearth\` in Hearth's folder, or \`bin/hearth\` by any path, is a client of Hearth's public API: it works at a Hearth on
this machine and at one elsewhere.

\`\`\`sh
npx hearth login http://localhost:3000
git diff | npx hearth ask "review"
npx hearth chat --continue
\`\`\`

Results go to the standard output and all else to the standard error, so that output can be piped. Colours and progress are
for terminals, and \`NO_COLOR\` switches colours off. With \`--json\` a result is one JSON value (in \`chat\` one for each
reply, in \`logs\` one on each line), and an error one line of JSON on the standard error: \`{"error": {"code", "detail", "exitCode", …}}\`.

The first Ctrl-C stops the run on the server and waits for what was written; the second leaves at once. A connection that
breaks off in the middle of a reply is opened again, and the reply goes on where it was.

| Variable | Meaning |
|---|---|
| \`HEARTH_SERVER\` | The Hearth to talk to, in place of where you signed in last. |
| \`HEARTH_API_KEY\` | An API key to ask with, in place of a sign-in. |
| \`NO_COLOR\` | No colours. |

Tokens are in \`hearth/sign-ins.json\` in \`$XDG_CONFIG_HOME\` (\`~/.config\`), and what was written in chats is in
\`hearth/chat-history\` in \`$XDG_STATE_HOME\` (\`~/.local/state\`); both may be read by their owner alone.

This page is generated from \`cli/commands.ts\` by \`npm run docs:generate\`.
`;

/** `docs/cli.md`. */
export function cliPage(commands: Command[]): string {
  const codes = Object.values(exitCodes).map(({ code, meaning }) => `| ${code} | ${meaning} |\n`);
  return `${head}\n## Exit codes\n\n| Code | Meaning |\n|---|---|\n${codes.join("")}\n## Commands\n${commands.map(section).join("")}`;
}

function section(command: Command): string {
  const { name, summary, arguments: words = [], examples = [] } = command;
  const usage = ["hearth", name, ...words.map((word) => word.usage)].join(" ");
  const rows = [
    ...words.map((word) => row(word.usage, word.summary)),
    ...optionsOf(command).map(({ flags, ...rest }) => row(flags, meaning(rest))),
  ];
  const shell = examples.length > 0 ? `\n\`\`\`sh\n${examples.join("\n")}\n\`\`\`\n` : "";
  const table = rows.length > 0 ? `\n| | |\n|---|---|\n${rows.join("")}` : "";
  return `\n### \`${usage}\`\n\n${summary}.\n${shell}${table}`;
}

function meaning({ summary, choices }: { summary: string; choices?: readonly string[] }): string {
  return choices ? `${summary} (${choices.join(", ")})` : summary;
}

const row = (name: string, text: string) => `| \`${name}\` | ${text.replaceAll("|", "\\|")} |\n`;
