"use client";

import type { HearthMessage } from "@/lib/chat/ui-message";
import { describePlace } from "./describe-place";
import { textOfMessage } from "./message-text";

/** Longest text that is read out of itself; the reader goes to the reply for the rest. */
const maxChars = 400;

/** Tells screen readers that a reply began, and once more what it says when it is there; nothing in between. */
export function ReplyAnnouncer({ messages, isBusy }: { messages: HearthMessage[]; isBusy: boolean }) {
  return (
    <div role="status" aria-label="Reply status" className="sr-only">
      {announcement(messages.at(-1), isBusy)}
    </div>
  );
}

function announcement(last: HearthMessage | undefined, isBusy: boolean): string {
  const place = last?.metadata?.queuePosition;
  if (isBusy) return place === undefined ? "The reply is being written." : `${describePlace(place)}.`;
  if (last?.role !== "assistant") return "";
  const text = textOfMessage(last);
  const start = text.length > maxChars ? `${text.slice(0, maxChars)} … The reply goes on.` : text;
  switch (last.metadata?.status) {
    case "failed":
      return `The reply failed. ${last.metadata.error?.message ?? ""}`;
    case "stopped":
      return "The reply was stopped.";
    case "interrupted":
      return "The reply was interrupted.";
    case "awaiting-approval":
      return "The reply waits for your approval.";
    default:
      return `Reply: ${start}`;
  }
}
