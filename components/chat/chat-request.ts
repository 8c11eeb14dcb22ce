import type { z } from "zod";
import { toApiError, unreachable } from "@/components/api/api-error";
import type { browserChat } from "@/lib/chat/page-contract";

type ChatBody = z.input<NonNullable<(typeof browserChat)["body"]>>;

/** What the page asks of a chat: a reply, another version of one, or more of one. */
export type ChatRequest = Omit<ChatBody, "id">;

/**
 * Posts a request of the chat page.
 * @returns the response whose body is the reply's stream
 * @throws ApiError when the server refused or could not be reached
 */
export async function postChat(body: ChatBody, signal: AbortSignal): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const response = await fetch("/api/chat", { method: "POST", headers, body: JSON.stringify(body), signal }).catch(() => null);
  if (!response) throw unreachable();
  if (!response.ok) throw toApiError(response.status, await response.text());
  return response;
}
