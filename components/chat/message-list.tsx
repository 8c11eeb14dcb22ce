"use client";

import { ArrowDown } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { ErrorBoundary } from "@/components/workspace/error-boundary";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { type ChatStatus, isBusyStatus } from "./chat-store";
import { ConnectionNotice } from "./connection-notice";
import { MessageItem } from "./message-item";
import { useBottom } from "./use-bottom";

type Props = {
  messages: HearthMessage[];
  editingId: string | null;
  status: ChatStatus;
  onReconnect: () => void;
};

/**
 * The messages, oldest first. The scrolling box runs from its bottom (`column-reverse`), so the browser itself shows the
 * newest before any script runs, stays there while a reply grows, and keeps the place of a reader who scrolled up.
 */
export function MessageList({ messages, editingId, status, onReconnect }: Props) {
  const { scroller, content, isAtBottom, toBottom } = useBottom(messages.findLast((message) => message.role === "user")?.id);
  const isBusy = isBusyStatus(status);
  const last = messages.at(-1);
  const lostReply = status === "lost";
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroller}
        aria-label="Messages"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className="focus-inset flex h-full flex-col-reverse overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <div ref={content} className="mx-auto mb-auto flex w-full max-w-3xl flex-col gap-4 px-4 pt-4 pb-8 md:px-6">
          {messages.map((message) => (
            <ErrorBoundary key={message.id} what="this message" reference={message.metadata?.runId ?? message.id} compact>
              <MessageItem
                message={message}
                isStreaming={(isBusy || lostReply) && message === last}
                isLast={message === last}
                isEditing={message.id === editingId}
              />
            </ErrorBoundary>
          ))}
          {status === "submitted" && last?.role === "user" && <Waiting />}
          {lostReply && <ConnectionNotice onReconnect={onReconnect} />}
        </div>
      </section>
      {!isAtBottom && (
        <IconButton
          label="To the newest message"
          variant="secondary"
          className="absolute bottom-3 left-1/2 size-9 -translate-x-1/2 rounded-full bg-popover shadow-floating"
          onClick={toBottom}
        >
          <ArrowDown aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

/** Stands where the reply will begin. */
function Waiting() {
  return (
    <div aria-hidden className="flex h-7 items-center">
      <span className="size-2.5 animate-breathe rounded-full bg-foreground" />
    </div>
  );
}
