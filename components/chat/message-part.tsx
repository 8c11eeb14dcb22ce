"use client";

import { Markdown } from "@/components/markdown/markdown";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { ApprovalCard } from "./approvals/approval-card";
import type { AskedApproval } from "./approvals/asked-approval";
import { Reasoning } from "./reasoning";
import { ToolCard } from "./tool-card";
import { isToolPart } from "./tool-part";

type Props = { part: HearthMessage["parts"][number]; isOpen: boolean; runId: string | undefined; approval?: AskedApproval };

/** A part of a reply; `isOpen` while more of it may come, `approval` when it waits for one. Kinds that have nothing to show are left out. */
export function MessagePart({ part, isOpen, runId, approval }: Props) {
  if (approval && isToolPart(part)) return <ApprovalCard key={part.toolCallId} part={part} asked={approval} />;
  if (part.type === "text") return part.text.trim() ? <Markdown text={part.text} isStreaming={isOpen} /> : null;
  if (part.type === "reasoning") return part.text.trim() || isOpen ? <Reasoning text={part.text} isOpen={isOpen} /> : null;
  return isToolPart(part) ? <ToolCard part={part} runId={runId} /> : null;
}
