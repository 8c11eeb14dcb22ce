"use client";

import katex from "katex";
import "katex/dist/katex.min.css";
import { useMemo } from "react";
import { cn } from "@/lib/core/class-names";
import type { MathFormulaProps } from "./math-formula";

/** What keeps a formula from a model harmless: no links, no HTML commands, bounded size and expansion. */
const limits = { trust: false, throwOnError: false, strict: "ignore", maxSize: 20, maxExpand: 500, errorColor: "inherit" } as const;

/** A typeset formula, with MathML for screen readers. A fault in the TeX shows the source. */
export function KatexFormula({ tex, display = false }: MathFormulaProps) {
  const html = useMemo(() => katex.renderToString(tex, { ...limits, displayMode: display }), [tex, display]);
  // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX escapes its input, and `trust: false` refuses every command that could link or run
  return <span className={cn(display && "math-display")} dangerouslySetInnerHTML={{ __html: html }} />;
}
