import type { Metadata } from "next";
import { NewChat } from "@/components/chat/new-chat";

export const metadata: Metadata = { title: "New chat" };

/** A new chat. It is stored with its first message. */
export default function NewChatPage() {
  return <NewChat />;
}
