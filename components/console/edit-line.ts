/** A line that is being written: its characters as people see them, and how many of them are before the cursor. */
export type Line = { cells: string[]; at: number };

export const emptyLine: Line = { cells: [], at: 0 };

const segmenter = new Intl.Segmenter();

/** A line of that text, with the cursor at its end. */
export function lineOf(text: string): Line {
  const cells = [...segmenter.segment(text)].map(({ segment }) => segment);
  return { cells, at: cells.length };
}

/** With text written at the cursor. Line ends and tabs of a pasted text become spaces: a line stays one. */
export function withText({ cells, at }: Line, text: string): Line {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is to be taken out
  const plain = text.replaceAll(/[\r\n\t]+/g, " ").replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "");
  const before = lineOf(cells.slice(0, at).join("") + plain);
  return { cells: [...before.cells, ...cells.slice(at)], at: before.at };
}

const home = ({ cells }: Line) => ({ cells, at: 0 });
const end = ({ cells }: Line) => ({ cells, at: cells.length });
const left = ({ cells, at }: Line) => ({ cells, at: Math.max(0, at - 1) });
const right = ({ cells, at }: Line) => ({ cells, at: Math.min(cells.length, at + 1) });
const without = ({ cells }: Line, from: number, to: number) => ({ cells: [...cells.slice(0, from), ...cells.slice(to)], at: from });

const edits: Record<string, (line: Line) => Line> = {
  "\x01": home,
  "\x1b[H": home,
  "\x1bOH": home,
  "\x05": end,
  "\x1b[F": end,
  "\x1bOF": end,
  "\x02": left,
  "\x1b[D": left,
  "\x1bOD": left,
  "\x06": right,
  "\x1b[C": right,
  "\x1bOC": right,
  "\x7f": (line) => without(line, Math.max(0, line.at - 1), line.at),
  "\b": (line) => without(line, Math.max(0, line.at - 1), line.at),
  "\x1b[3~": (line) => without(line, line.at, line.at + 1),
  "\x15": (line) => without(line, 0, line.at),
  "\x0b": (line) => without(line, line.at, line.cells.length),
  "\x17": (line) => without(line, lastWordAt(line), line.at),
};

/** Where the word before the cursor begins. */
function lastWordAt({ cells, at }: Line): number {
  let start = at;
  while (start > 0 && cells[start - 1] === " ") start -= 1;
  while (start > 0 && cells[start - 1] !== " ") start -= 1;
  return start;
}

/** The line after one of the keys that change it or move in it; null for any other key. */
export const edited = (line: Line, key: string): Line | null => edits[key]?.(line) ?? null;

/** A paste, an escape sequence, a control character, or a run of any others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are told by control characters
const key = /\u001b\[200~[\s\S]*?\u001b\[201~|\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z])|[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/g;

/** What was typed, key by key: pasted texts and runs of characters are one each. */
export const keysOf = (data: string): string[] => data.match(key) ?? [];

// East Asian wide characters and emoji, which take two columns (UAX 11).
const wide =
  /^(?:\p{Emoji_Presentation}|.\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}])/u;

/** Where the cursor is after these characters, written from the first column on, in a terminal of so many columns. */
export function placeAfter(cells: string[], columns: number): { row: number; column: number } {
  let [row, column] = [0, 0];
  for (const cell of cells) {
    const width = wide.test(cell) ? 2 : 1;
    if (column + width > columns) [row, column] = [row + 1, 0];
    column += width;
  }
  return column >= columns ? { row: row + 1, column: 0 } : { row, column };
}
