import { api } from "@/components/api/api";
import { ApiError, unreachable } from "@/components/api/api-error";
import type { FeedEvent } from "@/components/workspace/chat-events";
import type { browserBranch, browserConversation, browserStop, OpenedConversation } from "@/lib/chat/page-contract";
import type { ChatOptionsInput } from "@/lib/chat/shapes";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { newId } from "@/lib/core/ids";
import { type ChatRequest, postChat } from "./chat-request";
import { ChatStore } from "./chat-store";
import { reconcileMessages } from "./reconcile-messages";
import { ReplyBuilder } from "./reply-builder";
import { readReply } from "./reply-stream";

/** A message that waits to be sent, or that could not be. */
export type Unsent = { id: string; text: string; problem?: string };

export type SessionEvents = {
  /** A reply ended: by itself, stopped or failed. */
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
  readonly store: ChatStore;
  events: SessionEvents = { onReplyEnd: () => {}, onUnsent: () => {}, onProblem: () => {} };
  private attempts = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private startedRunId: string | undefined;
  private connection = new AbortController();

  constructor(id: string, messages: HearthMessage[]) {
    this.id = id;
    this.store = new ChatStore(messages);
  }

  /** Whether a reply is being asked for or written. */
  get isBusy(): boolean {
    return this.store.status === "submitted" || this.store.status === "streaming";
  }

  /** Follows the reply that is being written, if any. */
  open(): void {
    this.connection = new AbortController();
    if (isRunning(this.store.messages)) void this.follow();
  }

  /** Lets go of the connection. The reply goes on without us. */
  close(): void {
    clearTimeout(this.retry);
    this.connection.abort();
    this.store.set({ status: "ready" });
  }

  /** Sends a message to the end of the branch, or to `place` to make a version of another. */
  async send({ id, text }: Unsent, options: ChatOptionsInput, place?: Place): Promise<void> {
    const { messages } = this.store;
    const parentId = place ? place.parentId : (messages.at(-1)?.id ?? null);
    const siblings = [...(place?.siblings ?? []), id];
    const metadata = { conversationId: this.id, parentId, siblings, status: "complete" as const, createdAt: new Date().toISOString() };
    this.store.set({ messages: [...messages, { id, role: "user", parts: [{ type: "text", text }], metadata }], status: "submitted" });
    try {
      await this.ask({ trigger: "send", message: { id, text }, parentId, options });
    } catch (error) {
      await this.keepUnsent({ id, text, problem: describe(error) });
    }
  }

  /** Sends a new version of a message; the old one stays on its own branch. */
  async edit(message: HearthMessage, text: string, options: ChatOptionsInput): Promise<void> {
    const index = this.store.messages.indexOf(message);
    if (index < 0 || this.isBusy) return;
    this.store.set({ messages: this.store.messages.slice(0, index) });
    await this.send({ id: newId(), text }, options, {
      parentId: message.metadata?.parentId ?? null,
      siblings: message.metadata?.siblings ?? [message.id],
    });
  }

  /** Asks for another version of a reply; the old one stays on its own branch. */
  async regenerate(messageId: string, options: ChatOptionsInput): Promise<void> {
    const index = this.store.messages.findIndex((message) => message.id === messageId);
    if (index < 0 || this.isBusy) return;
    this.store.set({ messages: this.store.messages.slice(0, index), status: "submitted" });
    await this.ask({ trigger: "regenerate", messageId, options }).catch((error: unknown) => this.takeBack(error));
  }

  /** Goes on with a reply that broke off. */
  async continueReply(messageId: string, options: ChatOptionsInput): Promise<void> {
    if (this.isBusy) return;
    this.store.set({ status: "submitted" });
    await this.ask({ trigger: "continue", messageId, options }).catch((error: unknown) => this.takeBack(error));
  }

  /** Stops the reply, keeping what is written. A run that is not known yet is asked for again. */
  async stop(): Promise<void> {
    for (let attempt = 0; attempt < stopAttempts && this.isBusy; attempt += 1) {
      try {
        await api<typeof browserStop>("POST", `/api/chat/${this.id}/stop`);
        if (this.store.status !== "submitted") return;
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== "not_found") return this.events.onProblem(describe(error));
      }
      await new Promise((resolve) => setTimeout(resolve, stopPauseMs));
    }
  }

  /** Shows the newest branch through a message. */
  async switchBranch(messageId: string): Promise<void> {
    try {
      this.adopt(await api<typeof browserBranch>("POST", `/api/chat/${this.id}/branch`, { body: { messageId } }));
    } catch (error) {
      this.events.onProblem(describe(error));
    }
  }

  /** Tells the session what happened in the reader's chats, in this tab or elsewhere. */
  hear(event: FeedEvent): void {
    if (event.type === "connected") return void (!this.isBusy && this.store.messages.length > 0 && this.sync());
    if (event.type !== "run-started" && event.type !== "run-ended") return;
    if (event.conversationId !== this.id || event.runId === this.store.messages.at(-1)?.metadata?.runId) return;
    if (event.type === "run-started") this.startedRunId = event.runId;
    if (!this.isBusy) void this.sync();
  }

  /** Tries at once to find back to a reply whose connection was lost. */
  reconnectNow(): void {
    clearTimeout(this.retry);
    void this.sync().then((isReached) => !isReached && this.reconnectLater());
  }

  /** Takes the server's messages, and follows the reply that is being written. @returns whether the server answered */
  private async sync(): Promise<boolean> {
    try {
      const opened = await api<typeof browserConversation>("GET", `/api/chat/${this.id}`);
      if (!this.isBusy && !this.connection.signal.aborted) this.adopt(opened);
      return true;
    } catch (error) {
      // A chat that is gone, or not made yet, is an answer too: there is nothing to reconnect to.
      return error instanceof ApiError && error.status > 0;
    }
  }

  private adopt(opened: OpenedConversation) {
    this.store.set({ messages: reconcileMessages(this.store.messages, opened.messages), status: "ready" });
    if (isRunning(opened.messages)) void this.follow();
  }

  /** Posts a request and follows its reply. @throws ApiError when the server refused or was not reached */
  private async ask(request: ChatRequest): Promise<void> {
    const { signal } = this.connection;
    await this.read(await postChat({ ...request, id: this.id }, signal), signal);
  }

  /** Follows the running reply from its start; the server's messages tell how it ended when it is over already. */
  private async follow(): Promise<void> {
    const { signal } = this.connection;
    this.store.set({ status: "streaming" });
    const response = await fetch(`/api/chat/${this.id}/stream`, { signal, cache: "no-store" }).catch(() => null);
    if (signal.aborted) return;
    if (response?.status === 200) return this.read(response, signal);
    this.store.set({ status: response?.status === 204 ? "ready" : "lost" });
    this.reconnectLater();
  }

  private async read(response: Response, signal: AbortSignal): Promise<void> {
    let reply: ReplyBuilder | undefined;
    try {
      for await (const chunk of readReply(response.body ?? new ReadableStream())) {
        if (signal.aborted) return;
        if (chunk.type === "start") reply = new ReplyBuilder(chunk);
        else reply?.apply(chunk);
        if (reply) this.store.grow(reply.message());
      }
    } catch {
      // The connection broke; how far the reply came decides below.
    }
    if (signal.aborted) return;
    const metadata = reply?.message().metadata;
    if (!metadata || metadata.status === "running") {
      this.store.set({ status: "lost" });
      return this.reconnectLater();
    }
    this.endReply(metadata.status, metadata.runId);
  }

  private endReply(status: string, runId: string | undefined) {
    const isOutdated = this.startedRunId !== undefined && this.startedRunId !== runId;
    this.startedRunId = undefined;
    this.attempts = 0;
    this.store.set({ status: "ready" });
    if (isOutdated) void this.sync();
    else this.events.onReplyEnd(status);
  }

  private reconnectLater() {
    clearTimeout(this.retry);
    if (this.connection.signal.aborted) return;
    const waitMs = reconnectMs[Math.min(this.attempts, reconnectMs.length - 1)];
    this.attempts += 1;
    this.retry = setTimeout(() => this.reconnectNow(), waitMs);
  }

  /** A message was not accepted, or nobody knows, or another tab had sent it: the server's list tells. If it is not there it waits. */
  private async keepUnsent(message: Unsent) {
    if (this.connection.signal.aborted) return;
    this.store.set({ messages: this.store.messages.filter(({ id }) => id !== message.id), status: "ready" });
    await this.sync();
    if (!this.store.messages.some(({ id }) => id === message.id)) this.events.onUnsent(message);
  }

  private async takeBack(error: unknown) {
    if (this.connection.signal.aborted) return;
    this.store.set({ status: "ready" });
    this.events.onProblem(describe(error));
    await this.sync();
  }
}

const isRunning = (messages: HearthMessage[]) => messages.at(-1)?.metadata?.status === "running";
const describe = (error: unknown) => (error instanceof ApiError ? error.message : unreachable().message);
