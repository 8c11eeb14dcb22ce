import type { TokenizerExtension, Tokens } from "marked";

/** A formula in TeX. */
export type MathToken = Tokens.Generic & { type: "blockMath" | "inlineMath"; tex: string };

// Each is bounded in length: what opens and never closes would otherwise have the rest of the text searched, every time.
const displayFence = /^ {0,3}(?:\$\$([\s\S]{1,2000}?)\$\$|\\\[([\s\S]{1,2000}?)\\\])[ \t]*(?:\n|$)/;
const inlineForms = [
  /^\$\$([^\n]{1,1000}?)\$\$/,
  /^\\\(([\s\S]{1,1000}?)\\\)/,
  /^\\\[([\s\S]{1,1000}?)\\\]/,
  /^\$(?![\s$])((?:\\.|[^\\$\n]){1,1000}?)(?<!\s)\$(?![\d$])/,
];

const anyForm = /\$\$[\s\S]{1,2000}?\$\$|\\\[[\s\S]{1,2000}?\\\]|\\\([\s\S]{1,1000}?\\\)|\$[^$\n]{1,1000}\$/g;
/** How much of one text is typeset, on the server as well: KaTeX takes up to a second for it. */
const maxFormulas = 400;
const maxTexChars = 20_000;

/** Whether a text has so few formulas that typesetting them holds nobody up. */
export function canTypeset(text: string): boolean {
  let count = 0;
  let chars = 0;
  for (const [formula] of text.matchAll(anyForm)) {
    count += 1;
    chars += formula.length;
  }
  return count <= maxFormulas && chars <= maxTexChars;
}

/** `$$…$$` or `\[…\]` on lines of its own. */
export const blockMath: TokenizerExtension = {
  name: "blockMath",
  level: "block",
  // Asked at each paragraph. One that comes later than this is still found, within the line.
  start: (source) => /^ {0,3}(?:\$\$|\\\[)/m.exec(source.slice(0, 2_000))?.index,
  tokenizer(source) {
    const match = displayFence.exec(source);
    const tex = (match?.[1] ?? match?.[2])?.trim();
    return match && tex ? { type: "blockMath", raw: match[0], tex } : undefined;
  },
};

/** `\(…\)`, `$$…$$` or `$…$` within a line. A single dollar counts only around what looks like a formula. */
export const inlineMath: TokenizerExtension = {
  name: "inlineMath",
  level: "inline",
  start: (source) => source.match(/\$|\\[([]/)?.index,
  tokenizer(source) {
    for (const form of inlineForms) {
      const match = form.exec(source);
      const tex = match?.[1]?.trim();
      if (match && tex && (form !== inlineForms[3] || looksLikeFormula(tex))) return { type: "inlineMath", raw: match[0], tex };
    }
    return undefined;
  },
};

/** Keeps "$5 and $10" and "$HOME or $PATH" as they are: a formula is one letter, or has an operator, index or command. */
function looksLikeFormula(tex: string): boolean {
  return (
    /^[A-Za-z]'?$/.test(tex) ||
    /[\\^_=<>+*/]/.test(tex) ||
    /^-?[\d.,]+$/.test(tex) ||
    /[A-Za-z]\([A-Za-z\d, ]*\)/.test(tex) ||
    /\d\s*-\s*\w/.test(tex)
  );
}
