"use client";

import { CircleAlert, ShieldQuestion } from "lucide-react";
import { useId, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Checkbox } from "@/components/ui/checkbox";
import { describeTool } from "../describe-tool";
import { type ToolPart, toolNameOf } from "../tool-part";
import { ApprovalButtons } from "./approval-buttons";
import type { AskedApproval } from "./asked-approval";
import { EditForm } from "./edit-form";
import { editableText } from "./editable-text";
import { RejectForm } from "./reject-form";
import { useApproveShortcut } from "./use-approve-shortcut";
import { useDecision } from "./use-decision";

/** What the reader is doing with the call. */
type Doing = "looking" | "editing" | "rejecting";

/** A call of a tool that waits for the reader: exactly what would be run, where, and what can be done about it. */
export function ApprovalCard({ part, asked: { runId, hasShortcut } }: { part: ToolPart; asked: AskedApproval }) {
  // What the reader writes stays apart from the sending: it must still be there when a decision does not arrive.
  const [doing, setDoing] = useState<Doing>("looking");
  const [remembers, setRemembers] = useState(false);
  const { send, problem, isDeciding, canDecide } = useDecision(runId, part.toolCallId);
  const titleId = useId();
  const input = part.input as Record<string, unknown>;
  const remember = remembers ? ({ remember: "conversation" } as const) : {};
  const look = () => setDoing("looking");
  const approve = () => send({ decision: "approve", input, ...remember });
  useApproveShortcut(hasShortcut && canDecide && doing === "looking", approve);

  return (
    <section tabIndex={-1} aria-labelledby={titleId} className="flex flex-col gap-2.5 rounded-lg border border-input px-3 py-3 text-sm">
      <p id={titleId} className="flex items-center gap-2 font-medium">
        <ShieldQuestion aria-hidden className="size-4 shrink-0 text-warning" />
        {describeTool(toolNameOf(part))} waits for your approval
      </p>
      {doing === "editing" ? (
        <EditForm
          input={input}
          canSend={canDecide}
          onSend={(changed) => send({ decision: "edit", input: changed, ...remember })}
          onCancel={look}
        />
      ) : (
        <ExactInput text={editableText(input)} />
      )}
      {part.approval?.requestReason && <p className="text-muted-foreground">{part.approval.requestReason}</p>}
      {doing === "rejecting" && (
        <RejectForm canSend={canDecide} onSend={(reason) => send({ decision: "reject", ...(reason && { reason }) })} onCancel={look} />
      )}
      {problem && (
        <Banner tone="danger" icon={CircleAlert} role="alert" title="The decision did not arrive">
          {problem} Try again.
        </Banner>
      )}
      {doing !== "rejecting" && (
        <Checkbox
          label="Always allow exactly this in this chat"
          checked={remembers}
          disabled={!canDecide}
          onChange={(event) => setRemembers(event.target.checked)}
        />
      )}
      {doing === "looking" && (
        <ApprovalButtons
          canDecide={canDecide}
          isDeciding={isDeciding}
          hasShortcut={hasShortcut}
          onApprove={approve}
          onEdit={() => setDoing("editing")}
          onReject={() => setDoing("rejecting")}
        />
      )}
    </section>
  );
}

function ExactInput({ text }: { text: string }) {
  return (
    <pre
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="max-h-64 overflow-auto rounded-md bg-muted px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap"
    >
      {text}
    </pre>
  );
}
