import type { Command } from "../command.ts";
import { describeTable } from "./describe-table.ts";

const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** One line for each word, and one function that knows which words came before. */
export function fishCompletion(commands: Command[]): string {
  const table = describeTable(commands);
  const paths = table.flatMap(({ path }) => (path ? [quoted(path)] : [])).join(" ");
  const lines = table.flatMap(({ path, words }) =>
    words.map(({ word, summary }) => {
      const what = word === "--file" ? "-s f -l file -r -F" : word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c hearth -n "__hearth_at ${quoted(path)}" ${what}${summary ? ` -d ${quoted(summary)}` : ""}`;
    }),
  );
  return `function __hearth_at
  set -l at ''
  for word in (commandline -opc)[2..]
    set -l next (string trim -- "$at $word")
    if contains -- "$next" ${paths}
      set at "$next"
    end
  end
  test "$at" = "$argv[1]"
end
complete -c hearth -f
${lines.join("\n")}
`;
}
