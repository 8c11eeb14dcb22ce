import { db } from "@/db/database";
import { apiKeys } from "@/db/schema/accounts";
import { conversations, messages, runs } from "@/db/schema/chat";
import { newId } from "@/lib/core/ids";

/** Ids of things that one user owns, by the names that contracts give to fields that hold them. `id` is both the conversation's and a key's. */
export type OwnedThings = { conversationId: string; runId: string; messageId: string; parentId: string; id: string };

/** Stores a conversation with a question, a finished reply and its run, and an API key. */
export async function someThingsOf(ownerId: string): Promise<OwnedThings> {
  const [conversationId, questionId, messageId, runId] = [newId(), newId(), newId(), newId()];
  const message = {
    conversationId,
    ownerId,
    parts: [{ type: "text" as const, text: "private" }],
    text: "private",
    status: "complete" as const,
  };
  await db().insert(conversations).values({ id: conversationId, ownerId, title: "Private", titleSource: "person", headId: messageId });
  await db()
    .insert(messages)
    .values({ ...message, id: questionId, role: "user" });
  await db()
    .insert(messages)
    .values({ ...message, id: messageId, parentId: questionId, role: "assistant" });
  await db().insert(runs).values({ id: runId, conversationId, ownerId, messageId, status: "complete", options: {}, endedAt: new Date() });
  await db()
    .insert(apiKeys)
    .values({ id: conversationId, ownerId, name: "Private", tokenHash: newId(), hint: "hint", scopes: ["chat"] });
  return { conversationId, runId, messageId, parentId: questionId, id: conversationId };
}

/** Ids of the same kinds that nothing has. */
export function nothingAtAll(): OwnedThings {
  return { conversationId: newId(), runId: newId(), messageId: newId(), parentId: newId(), id: newId() };
}
