import dynamic from "next/dynamic";
import { Suspense } from "react";

export type MathFormulaProps = { tex: string; display?: boolean };

/** KaTeX is 80 kB compressed: it comes with the first formula. */
const KatexFormula = dynamic(() => import("./katex-formula").then((module) => module.KatexFormula));

/** A formula. Its TeX source stands in until the typesetter is there. */
export function MathFormula(props: MathFormulaProps) {
  return (
    <Suspense fallback={<code>{props.tex}</code>}>
      <KatexFormula {...props} />
    </Suspense>
  );
}
