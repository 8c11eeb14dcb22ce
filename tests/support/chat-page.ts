import { afterEach, beforeEach, vi } from "vitest";
import { ChatSession } from "@/components/chat/chat-session";
import type { Unsent } from "@/components/chat/unsent";
import type { HearthMessage } from "@/lib/chat/ui-message";

type Exchange = {
  method: string;
  path: string;
  body?: { trigger?: string; parentId?: string | null; message?: { id: string; text: string } };
};
type Answer = Response | Error;

/** A chat's page without its browser: requests are answered by `answer`, and what the session tells is kept. Call it at the top of a file. */
export function chatPage() {
  const page = {
    session: new ChatSession("chat", []),
    answer: (_exchange: Exchange): Answer | Promise<Answer> => new Error("not expected"),
    /** Every request so far. */
    exchanges: [] as Exchange[],
    unsent: [] as Unsent[],
    /** How each reply ended. */
    ended: [] as string[],
    /** Ids that the server is known to have. */
    known: [] as string[],
    /** Opens the page at these messages. */
    open(messages: HearthMessage[] = []): ChatSession {
      page.session = new ChatSession("chat", messages);
      page.session.events = {
        onReplyEnd: (status) => page.ended.push(status),
        onUnsent: (message) => page.unsent.push(message),
        onStored: (ids) => page.known.push(...ids),
        onProblem: () => undefined,
      };
      page.session.open();
      return page.session;
    },
    /** The texts of the messages shown. */
    texts: () => page.session.store.messages.map(({ parts }) => parts.map((part) => ("text" in part ? part.text : "")).join("")),
  };
  beforeEach(() => {
    Object.assign(page, { exchanges: [], unsent: [], ended: [], known: [] });
    vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
      const exchange = { method: init.method ?? "GET", path, body: init.body ? JSON.parse(String(init.body)) : undefined };
      page.exchanges.push(exchange);
      const given = await page.answer(exchange);
      if (given instanceof Error) throw given;
      return given;
    });
  });
  afterEach(() => {
    page.session.close();
    vi.unstubAllGlobals();
  });
  return page;
}

/** A stored message. */
export const message = (
  id: string,
  role: "user" | "assistant",
  text: string,
  more: Partial<HearthMessage["metadata"]> = {},
): HearthMessage => ({
  id,
  role,
  parts: [{ type: "text", text }],
  metadata: { conversationId: "chat", parentId: null, siblings: [id], status: "complete", createdAt: "2026-01-01T00:00:00.000Z", ...more },
});
const chunk = (value: object) => `data: ${JSON.stringify(value)}\n\n`;
/** The start of a reply, as the server writes it. */
export const begin = (id: string, runId: string) =>
  chunk({
    type: "start",
    messageId: id,
    messageMetadata: { conversationId: "chat", runId, parentId: "u", siblings: [id], status: "running" },
  });
export const words = (text: string) => chunk({ type: "text-delta", id: "1", delta: text });
export const end = (status: string) => `${chunk({ type: "finish", messageMetadata: { status } })}data: [DONE]\n\n`;
/** A conversation, as the server answers it. */
export const stored = (messages: HearthMessage[]) => Response.json({ conversation: {}, options: {}, messages });
export const problem = (status: number, code: string, detail: string) =>
  Response.json({ status, code, detail, requestId: "r" }, { status });
/** A stream that says `text` and then breaks, as a lost connection does. */
export function broken(text: string): Response {
  const parts = [new TextEncoder().encode(text)];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const part = parts.shift();
        if (part) controller.enqueue(part);
        else controller.error(new TypeError("network error"));
      },
    }),
  );
}
