"use client";

import { ChevronRight, CircleCheck, CircleX, LoaderCircle } from "lucide-react";
import { Disclosure } from "@/components/ui/disclosure";
import { describeTool, inFull, inLine } from "./describe-tool";
import { type ToolPart, toolNameOf } from "./tool-part";

/** A tool that the model used: what it was asked, what it answered, or why it could not. */
export function ToolCard({ part }: { part: ToolPart }) {
  const name = toolNameOf(part);
  const isRunning = part.state === "input-streaming" || part.state === "input-available";
  const outcome = part.state === "output-error" ? part.errorText : part.state === "output-available" ? inLine(part.output) : "";
  return (
    <Disclosure
      className="rounded-lg border border-border text-sm"
      summary={
        <span className="flex min-h-9 items-center gap-2 rounded-lg px-3 py-1.5 hover:bg-hover">
          <StateIcon state={part.state} />
          <span className="shrink-0 font-medium">{describeTool(name)}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted-foreground">{inLine(part.input)}</span>
          {!isRunning && <span className="max-w-[45%] shrink-0 truncate font-mono text-xs max-sm:hidden">{outcome}</span>}
          <ChevronRight
            aria-hidden
            className="size-4 shrink-0 text-muted-foreground transition-transform duration-100 group-open/disclosure:rotate-90"
          />
        </span>
      }
    >
      <dl className="flex flex-col gap-2 border-t border-border px-3 py-2.5">
        <Detail term="Input" text={inFull(part.input)} />
        {part.state === "output-available" && <Detail term="Output" text={inFull(part.output)} />}
        {part.state === "output-error" && <Detail term="Error" text={part.errorText} />}
      </dl>
    </Disclosure>
  );
}

function StateIcon({ state }: { state: ToolPart["state"] }) {
  if (state === "output-available") return <CircleCheck aria-label="Done" role="img" className="size-4 shrink-0 text-success" />;
  if (state === "output-error" || state === "output-denied")
    return <CircleX aria-label="Failed" role="img" className="size-4 shrink-0 text-destructive" />;
  return <LoaderCircle aria-label="Running" role="img" className="size-4 shrink-0 animate-spin text-muted-foreground" />;
}

function Detail({ term, text }: { term: string; text: string }) {
  return (
    <div>
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="mt-0.5 max-h-64 overflow-auto font-mono text-xs break-words whitespace-pre-wrap">{text}</dd>
    </div>
  );
}
