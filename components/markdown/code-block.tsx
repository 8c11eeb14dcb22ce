"use client";

import { createContext, type ReactNode, Suspense, use, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { HighlightedCode } from "./highlighted-code";
import { useSeen } from "./use-seen";

export type CodeBlockProps = { code: string; language?: string; isComplete: boolean };

/** Gives a further button to each block of code, beside Copy; for those within it. */
export const CodeActionContext = createContext<((block: CodeBlockProps) => ReactNode) | null>(null);

/** A block of code with its language and a copy button; coloured once it is whole and has been on the screen. */
export function CodeBlock({ code, language: info = "", isComplete }: CodeBlockProps) {
  const frame = useRef<HTMLElement>(null);
  const isSeen = useSeen(frame);
  const action = use(CodeActionContext);
  const language = info.trim().split(/\s/)[0]?.toLowerCase() ?? "";
  return (
    <figure ref={frame} className="code-block" aria-label={language ? `Code, ${language}` : "Code"}>
      <figcaption>
        <span>{language || "text"}</span>
        {action?.({ code, language, isComplete })}
        <CopyButton text={code} label="Copy code" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>
        <code>
          {isSeen && isComplete ? (
            <Suspense fallback={code}>
              <HighlightedCode code={code} language={language} />
            </Suspense>
          ) : (
            code
          )}
        </code>
      </pre>
    </figure>
  );
}
