import type { KeyName } from "./line-keys";

/** A line that is being written: its text, where the cursor stands in it, and what was cut last. */
export type Line = { text: string; at: number; cut: string };

export const emptyLine: Line = { text: "", at: 0, cut: "" };

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The line with a text at the cursor. */
export function insert({ text, at, cut }: Line, added: string): Line {
  return { text: text.slice(0, at) + added + text.slice(at), at: at + added.length, cut };
}

/** The line after one of the keys that edit it; the same line for any other. */
export function edit(line: Line, key: KeyName): Line {
  const { text, at, cut } = line;
  const without = (from: number, to: number, keep: boolean): Line => ({
    text: text.slice(0, from) + text.slice(to),
    at: from,
    cut: keep && to > from ? text.slice(from, to) : cut,
  });
  switch (key) {
    case "left":
      return { ...line, at: before(text, at) };
    case "right":
      return { ...line, at: after(text, at) };
    case "word-left":
      return { ...line, at: wordStart(text, at) };
    case "word-right":
      return { ...line, at: at + (/^\s*\S*/.exec(text.slice(at))?.[0].length ?? 0) };
    case "home":
      return { ...line, at: 0 };
    case "end":
      return { ...line, at: text.length };
    case "backspace":
      return without(before(text, at), at, false);
    case "delete":
    case "end-of-input":
      return without(at, after(text, at), false);
    case "kill-word":
      return without(wordStart(text, at), at, true);
    case "kill-to-start":
      return without(0, at, true);
    case "kill-to-end":
      return without(at, text.length, true);
    case "yank":
      return insert(line, cut);
    default:
      return line;
  }
}

/** Where the character before `at` begins: a whole one, as people count them. */
function before(text: string, at: number): number {
  return at === 0 ? 0 : (characters.segment(text).containing(at - 1)?.index ?? 0);
}

function after(text: string, at: number): number {
  return at + (characters.segment(text).containing(at)?.segment.length ?? 0);
}

function wordStart(text: string, at: number): number {
  return text.slice(0, at).search(/\S*\s*$/);
}
