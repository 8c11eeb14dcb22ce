"use client";

import { usePathname } from "next/navigation";
import { useState } from "react";
import { newId } from "@/lib/core/ids";
import { Conversation } from "./conversation";
import { ReopenedChat } from "./reopened-chat";

const newChatPath = "/chat";

/**
 * A chat that does not exist yet. Its id is made here, and the address becomes `/chat/{id}` with the first message,
 * in place: the page and its stream stay. Going to `/chat` again begins another one.
 */
export function NewChat() {
  const pathname = usePathname();
  const [chat, setChat] = useState({ id: newId(), pathname });
  if (pathname === newChatPath && chat.pathname !== newChatPath) setChat({ id: newId(), pathname });
  const ownPath = `${newChatPath}/${chat.id}`;
  if (chat.pathname !== pathname && pathname === ownPath) setChat({ ...chat, pathname });
  // The browser's history can lead back to an address that a new chat took, after this page had gone.
  if (pathname !== newChatPath && pathname !== ownPath)
    return <ReopenedChat key={pathname} chatId={pathname.slice(newChatPath.length + 1)} />;
  return <Conversation key={chat.id} chatId={chat.id} opened={null} onFirstSend={() => window.history.replaceState(null, "", ownPath)} />;
}
