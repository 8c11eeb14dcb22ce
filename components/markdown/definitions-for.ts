import type { Tokens } from "marked";

/** Definitions that count in one text, and the characters of them that one block gets. */
const maxDefinitions = 500;
const maxChars = 2_000;

/** Makes the function that finds, for a block, the link definitions it refers to: every block is lexed with its own alone. */
export function definitionsFor(tokens: Tokens.Def[]): (block: string) => string {
  const byLabel = new Map<string, string>();
  for (const { tag, raw } of tokens.slice(0, maxDefinitions)) if (!byLabel.has(tag)) byLabel.set(tag, raw.trim());
  return (block) => {
    if (byLabel.size === 0 || !block.includes("[")) return "";
    const used = new Set([...block.matchAll(/\[([^[\]]{1,200})\]/g)].map(([, label = ""]) => tagOf(label)));
    let definitions = "";
    for (const tag of used) {
      const definition = byLabel.get(tag);
      if (definition && definitions.length + definition.length < maxChars) definitions += `${definition}\n`;
    }
    return definitions;
  };
}

/** A label as `marked` names it: without regard to case, and with one space between words. */
const tagOf = (label: string) => label.toLowerCase().replaceAll(/\s+/g, " ");
