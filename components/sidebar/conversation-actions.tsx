"use client";

import { usePathname, useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { toast } from "sonner";
import { api } from "@/components/api/api";
import type { deleteConversation, restoreConversation, updateConversation } from "@/lib/chat/contract";
import type { Conversation } from "@/lib/chat/shapes";
import type { useConversations } from "./use-conversations";

type Actions = { rename: (conversation: Conversation, title: string) => void; remove: (conversation: Conversation) => void };

const ActionsContext = createContext<Actions | null>(null);

/** What can be done to a conversation from the list. Each shows at once and is taken back when the server refuses. */
export function ConversationActions({ list, children }: { list: ReturnType<typeof useConversations>; children: ReactNode }) {
  const { change, refresh } = list;
  const router = useRouter();
  const pathname = usePathname();
  const actions = useMemo<Actions>(() => {
    const undo = async (conversation: Conversation, removal: Promise<boolean>) => {
      change({ type: "conversation", conversation });
      // What is not deleted yet cannot be restored, and what could not be deleted need not be.
      if (await removal) await attempt(api<typeof restoreConversation>("POST", `${pathOf(conversation)}/restore`), refresh);
    };
    return {
      rename(conversation, title) {
        change({ type: "conversation", conversation: { ...conversation, title } });
        void attempt(api<typeof updateConversation>("PATCH", pathOf(conversation), { body: { title } }), refresh);
      },
      remove(conversation) {
        change({ type: "conversation-deleted", conversationId: conversation.id });
        const removal = attempt(api<typeof deleteConversation>("DELETE", pathOf(conversation)), refresh);
        if (pathname === `/chat/${conversation.id}`) router.push("/chat");
        toast("Chat deleted", {
          description: conversation.title,
          duration: 10_000,
          action: { label: "Undo", onClick: () => void undo(conversation, removal) },
        });
      },
    };
  }, [change, refresh, router, pathname]);
  return <ActionsContext value={actions}>{children}</ActionsContext>;
}

/** The actions of the list this row is in. @throws Error outside of a list */
export function useConversationActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error("useConversationActions needs ConversationActions above it.");
  return actions;
}

const pathOf = (conversation: Conversation) => `/api/v1/conversations/${conversation.id}`;

/** Waits for a request; when it fails, says so and shows what the server has. @returns whether it worked */
async function attempt(request: Promise<unknown>, refresh: () => Promise<void>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    toast.error(error instanceof Error ? error.message : "That did not work. Try again.");
    await refresh();
    return false;
  }
}
