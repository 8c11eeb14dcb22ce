import type { TokenizerExtension, Tokens } from "marked";

/** A formula in TeX. */
export type MathToken = Tokens.Generic & { type: "blockMath" | "inlineMath"; tex: string };

const displayFence = /^ {0,3}(?:\$\$([\s\S]+?)\$\$|\\\[([\s\S]+?)\\\])[ \t]*(?:\n|$)/;
const inlineForms = [
  /^\$\$([^\n]+?)\$\$/,
  /^\\\(([\s\S]+?)\\\)/,
  /^\\\[([\s\S]+?)\\\]/,
  /^\$(?![\s$])((?:\\.|[^\\$\n])+?)(?<!\s)\$(?![\d$])/,
];

/** `$$…$$` or `\[…\]` on lines of its own. */
export const blockMath: TokenizerExtension = {
  name: "blockMath",
  level: "block",
  start: (source) => source.match(/^ {0,3}(?:\$\$|\\\[)/m)?.index,
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
