import { Chat } from "@ai-sdk/react";
import { api } from "@/components/api/api";
import { ApiError } from "@/components/api/api-error";
import type { FeedEvent } from "@/components/workspace/chat-events";
import type { browserBranch, browserConversation, browserStop, ChatOptionsInput, OpenedConversation } from "@/lib/chat/contract";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { newId } from "@/lib/core/ids";
import { type ChatRequest, ChatTransport } from "./chat-transport";
import { describeFailure } from "./describe-failure";
import { reconcileMessages } from "./reconcile-messages";

/** A message that waits to be sent, or that could not be. */
export type Unsent = { id: string; text: string; problem?: string };

export type SessionEvents = {
  /** A reply ended by itself, was stopped or failed. */
  onReplyEnd: (status: string) => void;
  /** A message did not reach the server. */
  onUnsent: (message: Unsent) => void;
  /** Something else did not work; says what. */
  onProblem: (message: string) => void;
};

type Place = { parentId: string | null; siblings: string[] };

const reconnectMs = [300, 1_000, 2_000, 4_000, 8_000];
const stopAttempts = 10;
const stopPauseMs = 200;

/**
 * One conversation as this page holds it: sends, follows, stops, and finds back to the running reply after a lost connection.
 * The server's messages are the truth; what is here shows them and what is on its way.
 */
export class ChatSession {
  readonly id: string;
  readonly chat: Chat<HearthMessage>;
  events: SessionEvents = { onReplyEnd: () => {}, onUnsent: () => {}, onProblem: () => {} };
  private attempts = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private startedRunId: string | undefined;
  private isClosed = false;

  constructor(id: string, messages: HearthMessage[]) {
    this.id = id;
    this.chat = new Chat<HearthMessage>({
      id,
      messages,
      generateId: newId,
      transport: new ChatTransport(),
      onFinish: ({ message, isAbort, isDisconnect, isError }) => {
        if (isAbort || this.isClosed) return;
        const status = message.metadata?.status;
        if (isDisconnect || (!isError && status === "running")) this.reconnectLater();
        else if (status && status !== "running") this.endReply(status, message.metadata?.runId);
      },
    });
  }

  /** Whether a reply is being asked for or written. */
  get isBusy(): boolean {
    return this.chat.status === "submitted" || this.chat.status === "streaming";
  }

  /** Follows the reply that is being written, if any. */
  open(): void {
    this.isClosed = false;
    if (isRunning(this.chat.messages)) void this.follow();
  }

  /** Lets go of the connection. The reply goes on without us. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.retry);
    void this.chat.stop();
  }

  /** Sends a message to the end of the branch, or to `place` to make a version of another. */
  async send({ id, text }: Unsent, options: ChatOptionsInput, place?: Place): Promise<void> {
    const parentId = place ? place.parentId : (this.chat.messages.at(-1)?.id ?? null);
    const metadata = {
      conversationId: this.id,
      parentId,
      siblings: [...(place?.siblings ?? []), id],
      status: "complete" as const,
      createdAt: new Date().toISOString(),
    };
    const request: ChatRequest = { trigger: "send", message: { id, text }, parentId, options };
    await this.chat.sendMessage({ id, role: "user", parts: [{ type: "text", text }], metadata }, { body: request });
    const { error } = this.chat;
    if (this.chat.lastMessage?.id !== id || !error || this.isClosed) return;
    const isStored = describeFailure(error).status === 0 && (await this.sync());
    if (isStored && this.chat.messages.some((message) => message.id === id)) return;
    clearTimeout(this.retry);
    this.chat.messages = this.chat.messages.filter((message) => message.id !== id);
    this.chat.clearError();
    this.events.onUnsent({ id, text, problem: describeFailure(error).message });
    if (place) void this.sync();
  }

  /** Sends a new version of a message; the old one stays on its own branch. */
  edit(message: HearthMessage, text: string, options: ChatOptionsInput): Promise<void> {
    const index = this.chat.messages.indexOf(message);
    if (index < 0 || this.isBusy) return Promise.resolve();
    this.chat.messages = this.chat.messages.slice(0, index);
    return this.send({ id: newId(), text }, options, {
      parentId: message.metadata?.parentId ?? null,
      siblings: message.metadata?.siblings ?? [message.id],
    });
  }

  /** Asks for another version of a reply; the old one stays on its own branch. */
  async regenerate(messageId: string, options: ChatOptionsInput): Promise<void> {
    if (this.isBusy) return;
    const request: ChatRequest = { trigger: "regenerate", messageId, options };
    await this.chat.regenerate({ messageId, body: request });
    if (this.chat.error && this.chat.lastMessage?.role !== "assistant") await this.takeBack();
  }

  /** Goes on with a reply that broke off. */
  async continueReply(messageId: string, options: ChatOptionsInput): Promise<void> {
    if (this.isBusy) return;
    const request: ChatRequest = { trigger: "continue", messageId, options };
    await this.chat.resumeStream({ body: request });
    if (this.chat.error && describeFailure(this.chat.error).isRefusal) await this.takeBack();
  }

  /** Stops the reply, keeping what is written. A run that is not known yet is asked for again. */
  async stop(): Promise<void> {
    for (let attempt = 0; attempt < stopAttempts && this.isBusy; attempt += 1) {
      try {
        await api<typeof browserStop>("POST", `/api/chat/${this.id}/stop`);
        if (this.chat.status !== "submitted") return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "not_found") return this.events.onProblem(describeFailure(error).message);
      }
      await new Promise((resolve) => setTimeout(resolve, stopPauseMs));
    }
  }

  /** Shows the newest branch through a message. */
  async switchBranch(messageId: string): Promise<void> {
    try {
      this.adopt(await api<typeof browserBranch>("POST", `/api/chat/${this.id}/branch`, { body: { messageId } }));
    } catch (error) {
      this.events.onProblem(describeFailure(error).message);
    }
  }

  /** Takes the server's messages, and follows the reply that is being written. @returns whether the server answered */
  async sync(): Promise<boolean> {
    try {
      const opened = await api<typeof browserConversation>("GET", `/api/chat/${this.id}`);
      if (this.isBusy || this.isClosed) return true;
      this.attempts = 0;
      this.chat.clearError();
      this.adopt(opened);
      return true;
    } catch (error) {
      // A chat that is gone, or not made yet, is an answer too: there is nothing to reconnect to.
      return error instanceof ApiError && error.status > 0;
    }
  }

  /** Tells the session what happened in the reader's chats, in this tab or elsewhere. */
  hear(event: FeedEvent): void {
    if (event.type === "reconnected") return void (!this.isBusy && this.chat.messages.length > 0 && this.sync());
    if (event.type !== "run-started" && event.type !== "run-ended") return;
    if (event.conversationId !== this.id || event.runId === this.chat.lastMessage?.metadata?.runId) return;
    if (event.type === "run-started") this.startedRunId = event.runId;
    if (!this.isBusy) void this.sync();
  }

  /** Tries at once to find back to a reply whose connection was lost. */
  reconnectNow(): void {
    clearTimeout(this.retry);
    void this.sync().then((isReached) => !isReached && this.reconnectLater());
  }

  private follow(): Promise<void> {
    return this.chat.resumeStream();
  }

  private adopt(opened: OpenedConversation) {
    this.chat.messages = reconcileMessages(this.chat.messages, opened.messages);
    if (isRunning(opened.messages)) void this.follow();
  }

  private endReply(status: string, runId: string | undefined) {
    this.attempts = 0;
    const isOutdated = this.startedRunId !== undefined && this.startedRunId !== runId;
    this.startedRunId = undefined;
    // The SDK reports the end just before its status says so.
    setTimeout(() => (isOutdated ? void this.sync() : this.events.onReplyEnd(status)));
  }

  private reconnectLater() {
    clearTimeout(this.retry);
    if (this.isClosed) return;
    const waitMs = reconnectMs[Math.min(this.attempts, reconnectMs.length - 1)];
    this.attempts += 1;
    this.retry = setTimeout(() => this.reconnectNow(), waitMs);
  }

  private async takeBack() {
    this.events.onProblem(describeFailure(this.chat.error).message);
    this.chat.clearError();
    await this.sync();
  }
}

const isRunning = (messages: HearthMessage[]) => messages.at(-1)?.metadata?.status === "running";
