import { DefaultChatTransport, type UIMessageChunk } from "ai";
import type { z } from "zod";
import type { browserChat } from "@/lib/chat/contract";
import type { HearthMessage } from "@/lib/chat/ui-message";

/** What the page posts, but for the chat's id, which the transport adds. */
export type ChatRequest = Omit<z.input<NonNullable<(typeof browserChat)["body"]>>, "id">;

type Reconnect = Parameters<DefaultChatTransport<HearthMessage>["reconnectToStream"]>[0];

/**
 * Posts what the page asks for and follows the reply.
 * Going on with a reply is a reconnection as the SDK sees it: the stream replays the message from its start.
 */
export class ChatTransport extends DefaultChatTransport<HearthMessage> {
  constructor() {
    super({ api: "/api/chat", prepareSendMessagesRequest: ({ id, body }) => ({ body: { ...body, id } }) });
  }

  override reconnectToStream(given: Reconnect): Promise<ReadableStream<UIMessageChunk> | null> {
    const { chatId, abortSignal, body } = given;
    if (!body) return super.reconnectToStream(given);
    return this.sendMessages({ chatId, abortSignal, body, messages: [], trigger: "submit-message", messageId: undefined });
  }
}
