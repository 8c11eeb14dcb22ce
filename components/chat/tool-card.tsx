"use client";

import { ChevronRight, CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle } from "lucide-react";
import { Disclosure } from "@/components/ui/disclosure";
import { factsOf } from "@/lib/agent/approvals/contract";
import { AskAgainButton } from "./approvals/ask-again-button";
import { describeApproval } from "./approvals/describe-approval";
import { describeTool, inFull, inLine } from "./describe-tool";
import { type ToolPart, toolNameOf } from "./tool-part";

/** A tool that the model used: what it was asked, what it answered, or why it could not. `runId` is a run of its reply's. */
export function ToolCard({ part, runId }: { part: ToolPart; runId: string | undefined }) {
  const name = toolNameOf(part);
  const outcome = outcomeOf(part);
  const facts = factsOf(part.approval);
  const isAlwaysAllowed = part.approval?.isAutomatic || facts?.remember !== undefined;
  return (
    <Disclosure
      className="rounded-lg border border-border text-sm"
      summary={
        <span className="flex min-h-9 items-center gap-2 rounded-lg px-3 py-1.5 hover:bg-hover">
          <StateIcon state={part.state} />
          <span className="shrink-0 font-medium">{describeTool(name)}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted-foreground">{inLine(part.input)}</span>
          {outcome && <span className="max-w-[45%] shrink-0 truncate font-mono text-xs max-sm:hidden">{outcome}</span>}
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
        {facts?.proposed !== undefined && <Detail term="The model had proposed" text={inFull(facts.proposed)} />}
        {part.approval && <Detail term="Approval" text={describeApproval(part)} />}
        {isAlwaysAllowed && runId && <AskAgainButton runId={runId} toolCallId={part.toolCallId} />}
      </dl>
    </Disclosure>
  );
}

function outcomeOf(part: ToolPart): string {
  if (part.state === "output-error") return part.errorText;
  if (part.state === "output-denied") return "Rejected";
  return part.state === "output-available" ? inLine(part.output) : "";
}

function StateIcon({ state }: { state: ToolPart["state"] }) {
  if (state === "output-available") return <CircleCheck aria-label="Done" role="img" className="size-4 shrink-0 text-success" />;
  if (state === "output-denied") return <CircleSlash aria-label="Rejected" role="img" className="size-4 shrink-0 text-muted-foreground" />;
  if (state === "approval-requested")
    return <CircleDashed aria-label="Waiting" role="img" className="size-4 shrink-0 text-muted-foreground" />;
  if (state === "output-error") return <CircleX aria-label="Failed" role="img" className="size-4 shrink-0 text-destructive" />;
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
