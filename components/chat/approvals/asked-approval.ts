import type { HearthMessage } from "@/lib/chat/ui-message";
import { isToolPart } from "../tool-part";

/** That a call waits for the reader: `runId` is what the decision is sent to, absent while the run has not ended; the first of several has the shortcut. */
export type AskedApproval = { runId: string | undefined; hasShortcut: boolean };

/** How the reply's part waits for an approval; undefined when it does not. */
export function askedApproval({ parts, metadata }: HearthMessage, index: number): AskedApproval | undefined {
  if (metadata?.status !== "awaiting-approval" && metadata?.status !== "running") return undefined;
  if (!isWaiting(parts[index])) return undefined;
  const runId = metadata.status === "awaiting-approval" ? metadata.runId : undefined;
  return { runId, hasShortcut: parts.findIndex(isWaiting) === index };
}

function isWaiting(part: HearthMessage["parts"][number] | undefined): boolean {
  return part !== undefined && isToolPart(part) && part.state === "approval-requested";
}
