import dynamic from "next/dynamic";
import { createContext, Suspense, useContext } from "react";

export type MathFormulaProps = { tex: string; display?: boolean };

/** Whether the formulas of a text are typeset; false leaves their TeX. */
export const TypesetsContext = createContext(true);

/** KaTeX is 80 kB compressed: it comes with the first formula. */
const KatexFormula = dynamic(() => import("./katex-formula").then((module) => module.KatexFormula));

/** A formula. Its TeX source stands in until the typesetter is there, and for good where there are too many. */
export function MathFormula(props: MathFormulaProps) {
  const source = <code>{props.tex}</code>;
  if (!useContext(TypesetsContext)) return source;
  return (
    <Suspense fallback={source}>
      <KatexFormula {...props} />
    </Suspense>
  );
}
