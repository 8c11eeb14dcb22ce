import type { Command, Where } from "../command.ts";
import { groups } from "../groups.ts";
import { optionsOf } from "../options-of.ts";

export type Completed = { path: string; words: { word: string; summary: string }[] };

/** After which words which words may come: `` (nothing yet), `keys`, `keys create`… */
export function describeTable(commands: Command[], place: Exclude<Where, "everywhere"> = "shell"): Completed[] {
  const top = new Map<string, string>();
  const inGroups = new Map<string, { word: string; summary: string }[]>();
  for (const { name, summary } of commands) {
    const [first = "", second] = name.split(" ");
    top.set(first, second ? (groups[first] ?? "") : summary);
    if (second) inGroups.set(first, [...(inGroups.get(first) ?? []), { word: second, summary }]);
  }
  return [
    { path: "", words: [...top].map(([word, summary]) => ({ word, summary })) },
    ...[...inGroups].map(([path, words]) => ({ path, words })),
    ...commands.map((command) => ({ path: command.name, words: wordsOf(command, place) })),
  ];
}

function wordsOf(command: Command, place: Exclude<Where, "everywhere">): Completed["words"] {
  const flags = optionsOf(command, place).flatMap(({ flags, summary }) =>
    flags.split(/[ ,]+/).flatMap((word) => (word.startsWith("--") ? [{ word, summary }] : [])),
  );
  const shells = command.name === "completion" ? ["bash", "zsh", "fish"].map((word) => ({ word, summary: "" })) : [];
  return [...shells, ...flags];
}
