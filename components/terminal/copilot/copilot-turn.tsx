"use client";

import { type ReactNode, useMemo } from "react";
import { CodeActionContext, type CodeBlockProps } from "@/components/markdown/code-block";
import { Markdown } from "@/components/markdown/markdown";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { type Attachment, attachedText, describeAttachment } from "./compose-question";
import { isForShell } from "./shell-blocks";
import type { Turn } from "./use-copilot";

type Props = { turn: Turn; onInsert: (code: string) => void };

/** A question with what was sent of the terminal, and its answer, whose commands can be inserted. */
export function CopilotTurn({ turn, onInsert }: Props) {
  const { question, attachment, answer, state, problem, place } = turn;
  const action = useMemo(() => insertButton(onInsert), [onInsert]);
  const isWriting = state === "writing" || state === "waiting";
  return (
    <article className="flex flex-col gap-2" aria-busy={isWriting}>
      <div className="rounded-md bg-muted px-3 py-2 text-sm">
        <p className="break-words whitespace-pre-wrap">{question}</p>
        {attachment && <AttachedText attachment={attachment} />}
      </div>
      {answer && (
        <CodeActionContext value={action}>
          <Markdown text={answer} isStreaming={isWriting} />
        </CodeActionContext>
      )}
      {state === "waiting" && (
        <p role="status" className="text-sm text-muted-foreground">
          {place ? `Waiting in line, place ${place}…` : "Thinking…"}
        </p>
      )}
      {state === "stopped" && <p className="text-sm text-muted-foreground">Stopped.</p>}
      {problem && (
        <p role="alert" className="text-sm text-destructive">
          {problem}
        </p>
      )}
    </article>
  );
}

const insertButton =
  (onInsert: (code: string) => void) =>
  ({ code, language, isComplete }: CodeBlockProps): ReactNode =>
    isComplete &&
    isForShell(language) && (
      <Button size="sm" variant="ghost" className="ml-auto" onClick={() => onInsert(code)}>
        Insert
      </Button>
    );

/** What of the terminal goes with a question, in a few words, and exactly when opened. */
export function AttachedText({ attachment }: { attachment: Attachment }) {
  return (
    <Disclosure summary={`With: ${describeAttachment(attachment)}`} className="min-w-0 flex-1 [&_summary]:wrap-anywhere">
      <section
        aria-label="What is sent of the terminal"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="mt-1 max-h-24 overflow-auto md:max-h-48 rounded-md border border-border bg-background p-2 font-mono text-xs whitespace-pre-wrap wrap-anywhere"
      >
        {attachedText(attachment)}
      </section>
    </Disclosure>
  );
}
