import { Marked } from "marked";
import { blockMath, inlineMath } from "./math-tokens";

/** GitHub's Markdown with mathematics. Only its lexer is used: nothing here ever makes HTML. */
export const dialect = new Marked({ gfm: true }, { extensions: [blockMath, inlineMath] }).defaults;
