"use client";

import { memo } from "react";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { AssistantMessage } from "./assistant-message";
import { UserMessage } from "./user-message";

export type MessageItemProps = { message: HearthMessage; isStreaming: boolean; isLast: boolean; isEditing: boolean };

/** One message. Renders again only when it changes itself; out of sight it is not laid out at all. */
export const MessageItem = memo(function MessageItem({ message, isStreaming, isLast, isEditing }: MessageItemProps) {
  return (
    <article aria-label={message.role === "user" ? "Your message" : "Reply"} aria-busy={isStreaming} className="message group/message">
      {message.role === "user" ? (
        <UserMessage message={message} isEditing={isEditing} />
      ) : (
        <AssistantMessage message={message} isStreaming={isStreaming} isLast={isLast} />
      )}
    </article>
  );
});
