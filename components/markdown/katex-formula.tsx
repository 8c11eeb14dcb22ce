"use client";

import katex from "katex";
import "katex/dist/katex.min.css";
import { useMemo } from "react";
import { cn } from "@/lib/core/class-names";
import type { MathFormulaProps } from "./math-formula";

/** What keeps a formula from a model harmless: no links, no HTML commands, bounded size and expansion. */
const limits = { trust: false, throwOnError: false, strict: "ignore", maxSize: 20, maxExpand: 500, errorColor: "inherit" } as const;
/** Commands that define others: a few of them in one line can ask for minutes of work within `maxExpand`. */
const definition = /\\(?:[egx]?def|let|futurelet|global|long|(?:re|provide)?newcommand|(?:re|provide)command)(?![A-Za-z])/;
const maxDepth = 100;

/** A typeset formula, with MathML for screen readers. A fault in the TeX, or TeX that asks too much, shows the source. */
export function KatexFormula({ tex, display = false }: MathFormulaProps) {
  const html = useMemo(() => typeset(tex, display), [tex, display]);
  if (html === null) return <code>{tex}</code>;
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes its input, and `trust: false` refuses every command that could link or run
  return <span className={cn(display && "math-display")} dangerouslySetInnerHTML={{ __html: html }} />;
}

function typeset(tex: string, displayMode: boolean): string | null {
  if (definition.test(tex) || depthOf(tex) > maxDepth) return null;
  try {
    return katex.renderToString(tex, { ...limits, displayMode });
  } catch {
    // KaTeX shows what it cannot parse by itself; what it cannot bear, it throws.
    return null;
  }
}

/** How deep the braces of a formula go; the closing ones need not be there. */
function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const sign of tex) {
    if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
