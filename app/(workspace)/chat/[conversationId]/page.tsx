import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { Conversation } from "@/components/chat/conversation";
import { pageCaller } from "@/lib/auth/page-caller";
import { openConversation } from "@/lib/chat/open-conversation";
import { NotFoundError } from "@/lib/core/errors";

type Props = { params: Promise<{ conversationId: string }> };

/** Loads the conversation once for the page and its title. A missing one, or another owner's, is "not found". */
const load = cache(async (conversationId: string) => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(conversationId).success) notFound();
  try {
    return await openConversation({ ownerId: caller.userId, conversationId });
  } catch (error) {
    if (error instanceof NotFoundError) notFound();
    throw error;
  }
});

/** The chat's title, as the window's. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { conversation } = await load((await params).conversationId);
  return { title: conversation.title };
}

/** One conversation, with the branch last looked at. */
export default async function ConversationPage({ params }: Props) {
  const opened = await load((await params).conversationId);
  return <Conversation key={opened.conversation.id} chatId={opened.conversation.id} opened={opened} />;
}
