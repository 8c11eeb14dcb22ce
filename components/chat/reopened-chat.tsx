"use client";

import { useEffect, useState } from "react";
import { api } from "@/components/api/api";
import { ErrorNotice } from "@/components/workspace/error-notice";
import type { browserConversation, OpenedConversation } from "@/lib/chat/page-contract";
import { Conversation } from "./conversation";
import { ConversationSkeleton } from "./conversation-skeleton";

/** A stored chat, loaded by the browser. */
export function ReopenedChat({ chatId }: { chatId: string }) {
  const [opened, setOpened] = useState<OpenedConversation | Error | null>(null);
  useEffect(() => {
    if (opened) return;
    const controller = new AbortController();
    api<typeof browserConversation>("GET", `/api/chat/${chatId}`, { signal: controller.signal })
      .then(setOpened)
      .catch((error: unknown) => !controller.signal.aborted && setOpened(error instanceof Error ? error : new Error(String(error))));
    return () => controller.abort();
  }, [chatId, opened]);
  if (opened === null) return <ConversationSkeleton />;
  if (opened instanceof Error) return <ErrorNotice what="this chat" error={opened} onRetry={() => setOpened(null)} />;
  return <Conversation chatId={chatId} opened={opened} />;
}
