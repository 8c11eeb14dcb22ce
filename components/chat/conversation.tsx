"use client";

import { useCallback, useRef, useState } from "react";
import { ErrorBoundary } from "@/components/workspace/error-boundary";
import { PageHeader } from "@/components/workspace/page-header";
import type { OpenedConversation } from "@/lib/chat/page-contract";
import { newId } from "@/lib/core/ids";
import type { ChatSession } from "./chat-session";
import { Composer } from "./composer";
import { BusyContext, VerbsContext } from "./conversation-context";
import { DeletedNotice } from "./deleted-notice";
import { EmptyChat } from "./empty-chat";
import { MessageList } from "./message-list";
import { ReplyAnnouncer } from "./reply-announcer";
import { useChatOptions } from "./use-chat-options";
import { useChatSession } from "./use-chat-session";
import { useConversationState } from "./use-conversation-state";
import { useQueue } from "./use-queue";
import { useStopOnEscape } from "./use-stop-on-escape";
import { useVerbs } from "./use-verbs";

export type ConversationProps = {
  chatId: string;
  /** The stored conversation; null for a new chat. */
  opened: OpenedConversation | null;
  /** Told whenever the server is known to have the chat. */
  onStored?: () => void;
};

/** A conversation: its messages, and the composer under them. */
export function Conversation({ chatId, opened, onStored }: ConversationProps) {
  const options = useChatOptions(opened?.options);
  const queue = useQueue(chatId);
  const sendNext = (to: ChatSession) => {
    const next = queue.takeFirst();
    if (next) void to.send(next, options.forRequest());
  };
  const { session, messages, status, isBusy } = useChatSession(chatId, opened, { queue, sendNext, onStored });
  const field = useRef<HTMLTextAreaElement>(null);
  const [editingId, setEditingId] = useState<string | null>(null);
  const setEditing = useCallback((messageId: string | null) => {
    setEditingId(messageId);
    if (messageId === null) field.current?.focus();
  }, []);
  const { title, isDeleted } = useConversationState(chatId, opened?.conversation.title ?? "New chat");
  const verbs = useVerbs(session, options, setEditing);
  const send = (text: string) => {
    const message = { id: newId(), text };
    if (session.isBusy) return queue.add(message);
    void session.send(message, options.forRequest());
  };
  const sendQueued = (id: string) => {
    const item = queue.take(id);
    if (item) void session.send(item, options.forRequest());
  };
  const stop = () => void session.stop();
  useStopOnEscape(status !== "ready", stop);
  const editLast = () => setEditing(messages.findLast((message) => message.role === "user")?.id ?? null);

  return (
    <VerbsContext value={verbs}>
      <BusyContext value={isBusy}>
        <ErrorBoundary what="the title" compact>
          <PageHeader title={title} />
        </ErrorBoundary>
        <ErrorBoundary what="the conversation" reference={chatId}>
          {messages.length === 0 ? (
            <EmptyChat onPick={send} />
          ) : (
            <MessageList messages={messages} editingId={editingId} status={status} onReconnect={() => session.reconnectNow()} />
          )}
        </ErrorBoundary>
        <ErrorBoundary what="the reply's status" compact>
          <ReplyAnnouncer messages={messages} isBusy={isBusy} />
        </ErrorBoundary>
        {isDeleted ? (
          <DeletedNotice chatId={chatId} />
        ) : (
          <ErrorBoundary what="the field for messages" compact>
            <Composer
              field={field}
              chatId={chatId}
              isNew={opened === null && messages.length === 0}
              options={options}
              queue={queue}
              status={status}
              verbs={{ send, sendQueued, stop, editLast }}
            />
          </ErrorBoundary>
        )}
      </BusyContext>
    </VerbsContext>
  );
}
