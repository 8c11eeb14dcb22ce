"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { newId } from "@/lib/core/ids";
import { Conversation } from "./conversation";
import { ReopenedChat } from "./reopened-chat";
import { waitingNewChat } from "./use-queue";

const newChatPath = "/chat";

/**
 * A chat that does not exist yet. Its id is made here, or is that of one whose first message did not get through.
 * The address becomes `/chat/{id}` once the server has the chat, in place: the page and its stream stay.
 * Going to `/chat` again begins another one.
 */
export function NewChat() {
  const { user } = useWorkspace();
  const pathname = usePathname();
  const begin = () => ({ id: waitingNewChat(user.id) ?? newId(), pathname });
  const [chat, setChat] = useState(begin);
  if (pathname === newChatPath && chat.pathname !== newChatPath) setChat(begin());
  const ownPath = `${newChatPath}/${chat.id}`;
  if (chat.pathname !== pathname && pathname === ownPath) setChat({ ...chat, pathname });
  // The browser's history can lead back to an address that a new chat took, after this page had gone.
  if (pathname !== newChatPath && pathname !== ownPath)
    return <ReopenedChat key={pathname} chatId={pathname.slice(newChatPath.length + 1)} />;
  const takeAddress = () => {
    if (window.location.pathname === newChatPath) window.history.replaceState(null, "", ownPath);
  };
  return <Conversation key={chat.id} chatId={chat.id} opened={null} onStored={takeAddress} />;
}
