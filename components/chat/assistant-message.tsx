"use client";

import type { HearthMessage } from "@/lib/chat/ui-message";
import { askedApproval } from "./approvals/asked-approval";
import { BranchSwitcher } from "./branch-switcher";
import { describePlace } from "./describe-place";
import { notesOf, similarQuestionOf } from "./message-notes";
import { MessagePart } from "./message-part";
import { textOfMessage } from "./message-text";
import { ReplyActions } from "./reply-actions";
import { ReplyNotice } from "./reply-notice";
import { SimilarAnswer } from "./similar-answer";
import { UsageLine } from "./usage-line";

type Props = { message: HearthMessage; isStreaming: boolean; isLast: boolean };

/** A reply: its parts, what is to be known about it, and what can be done with it. */
export function AssistantMessage({ message, isStreaming, isLast }: Props) {
  const lastIndex = message.parts.length - 1;
  const place = message.metadata?.queuePosition;
  const similarTo = similarQuestionOf(message);
  const isEmpty = message.parts.every((part) => part.type === "step-start");
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {message.parts.map((part, index) => (
        // Parts are only ever added at the end, so the place is the part's identity.
        <MessagePart
          key={`part-${index.toString()}`}
          part={part}
          isOpen={isStreaming && index === lastIndex}
          runId={message.metadata?.runId}
          approval={askedApproval(message, index)}
        />
      ))}
      {isStreaming && (isEmpty || place !== undefined) && (
        <div aria-hidden className="flex h-7 items-center gap-2.5 text-sm text-muted-foreground">
          <span className="size-2.5 animate-breathe rounded-full bg-foreground" />
          {place !== undefined && describePlace(place)}
        </div>
      )}
      {notesOf(message).map((note) => (
        <p key={note} className="text-xs text-muted-foreground">
          {note}
        </p>
      ))}
      {!isStreaming && similarTo !== undefined && <SimilarAnswer messageId={message.id} question={similarTo} />}
      {!isStreaming && <ReplyNotice message={message} isLast={isLast} />}
      <div className="-ml-1.5 flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
        {!isStreaming && (
          <>
            <BranchSwitcher message={message} />
            <ReplyActions
              messageId={message.id}
              model={message.metadata?.model}
              text={textOfMessage(message)}
              feedback={message.metadata?.feedback}
            />
            <UsageLine metadata={message.metadata} />
          </>
        )}
      </div>
    </div>
  );
}
