import type { HearthMessage } from "@/lib/chat/ui-message";
import { isToolPart, type ToolPart } from "../tool-part";

/** The messages as they are once the chat goes on: what waited for an approval is rejected, as it is on the server. The same array when nothing waited. */
export function withClosedApprovals(messages: HearthMessage[]): HearthMessage[] {
  if (!messages.some(({ metadata }) => metadata?.status === "awaiting-approval")) return messages;
  return messages.map((message) => {
    if (message.metadata?.status !== "awaiting-approval") return message;
    const parts = message.parts.map((part) => (isToolPart(part) ? closed(part) : part));
    return { ...message, parts, metadata: { ...message.metadata, status: "stopped" as const } };
  });
}

function closed(part: ToolPart): ToolPart {
  if (part.state !== "approval-requested" && part.state !== "approval-responded") return part;
  return { ...part, state: "output-denied", approval: { ...part.approval, approved: false } } as ToolPart;
}
