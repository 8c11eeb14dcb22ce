import { api } from "@/components/api/api";
import { ApiError, failureText } from "@/components/api/api-error";
import type { FeedEvent } from "@/components/workspace/chat-events";
import type { browserBranch, browserConversation, OpenedConversation } from "@/lib/chat/page-contract";
import type { ChatOptionsInput } from "@/lib/chat/shapes";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { newId } from "@/lib/core/ids";
import { withClosedApprovals } from "./approvals/with-closed-approvals";
import { branchUpTo } from "./branch-up-to";
import { type ChatRequest, postChat } from "./chat-request";
import { ChatStore, isBusyStatus } from "./chat-store";
import { isNews } from "./is-news";
import { reconcileMessages } from "./reconcile-messages";
import { ReplyBuilder } from "./reply-builder";
import { readReply } from "./reply-stream";
import { RetryTimer } from "./retry-timer";
import { sentMessage } from "./sent-message";
import { type SessionEvents, unheard } from "./session-events";
import { stopReply } from "./stop-reply";
import type { Unsent } from "./unsent";

/**
 * One conversation as this page holds it: sends, follows, stops, and finds back to the running reply after a lost connection.
 * The server's messages are the truth; what is here shows them and what is on its way.
 */
export class ChatSession {
  readonly id: string;
  readonly store: ChatStore;
  events: SessionEvents = unheard;
  private mayExist: boolean;
  /** On its way to the server, which has not said yet that it has it. */
  private pending: Unsent | undefined;
  private readonly retry = new RetryTimer();
  private startedRunId: string | undefined;
  /** Replies whose end was read. */
  private ends = 0;
  /** Whether a reply is out of sight before its end, of which the server's messages will tell. */
  private seeksEnd = false;
  private connection = new AbortController();

  /** @param mayExist whether the server may know this chat: of a new one there is nothing to ask */
  constructor(id: string, messages: HearthMessage[], mayExist = messages.length > 0) {
    this.id = id;
    this.mayExist = mayExist;
    this.store = new ChatStore(messages);
  }

  /** Whether a reply is being asked for or written. */
  get isBusy(): boolean {
    return isBusyStatus(this.store.status);
  }

  /** Follows the reply that is being written, if any. */
  open(): void {
    this.connection = new AbortController();
    if (this.store.messages.length > 0) this.events.onStored(this.store.messages.map(({ id }) => id));
    if (isRunning(this.store.messages)) void this.follow();
  }

  /** Lets go of the connection. The reply goes on without us; a message that is still on its way waits. */
  close(): void {
    this.retry.stop();
    this.keepPending();
    this.connection.abort();
    this.store.set({ status: "ready" });
  }

  /** Has a message that is on its way wait as unsent, for when the page goes away before the server has it. */
  keepPending = () => this.pending && this.events.onUnsent(this.pending);

  /** Sends a message to the end of the branch, or to its place to make a version of another. */
  async send({ id, text, place }: Unsent, options: ChatOptionsInput): Promise<void> {
    const before = this.store.messages;
    const shown = withClosedApprovals(place ? branchUpTo(before, place.parentId) : before);
    // Without one the message begins the chat.
    const parentId = place ? place.parentId : before.at(-1)?.id;
    const siblings = [...(place?.siblings ?? []), id];
    const message = { id, text, place, isFirst: !this.mayExist || undefined };
    const sent = sentMessage({ id, text, conversationId: this.id, parentId: parentId ?? null, siblings });
    this.pending = message;
    this.mayExist = true;
    this.store.set({ messages: [...shown, sent], status: "submitted" });
    try {
      await this.ask({ trigger: "send", message: { id, text }, parentId, options });
      // The message it is a version of was on another branch than the one that was shown.
      if (place && shown === before) await this.sync();
    } catch (error) {
      await this.keepUnsent({ ...message, problem: failureText(error) }, before);
    }
  }

  /** Sends a new version of a message; the old one stays on its own branch. */
  async edit(message: HearthMessage, text: string, options: ChatOptionsInput): Promise<void> {
    if (!this.store.messages.includes(message) || this.isBusy) return;
    const { parentId = null, siblings = [message.id] } = message.metadata ?? {};
    await this.send({ id: newId(), text, place: { parentId, siblings } }, options);
  }

  /** Asks for another version of a reply; the old one stays on its own branch. */
  async regenerate(messageId: string, options: ChatOptionsInput): Promise<void> {
    const index = this.store.messages.findIndex((message) => message.id === messageId);
    if (index >= 0) await this.askAgain({ trigger: "regenerate", messageId, options }, this.store.messages.slice(0, index));
  }

  /** Goes on with a reply that broke off. */
  async continueReply(messageId: string, options: ChatOptionsInput): Promise<void> {
    await this.askAgain({ trigger: "continue", messageId, options }, this.store.messages);
  }

  /** Stops the reply, here or out of sight, keeping what is written. */
  stop(): Promise<void> {
    return stopReply(this);
  }

  /** Shows the newest branch through a message. */
  async switchBranch(messageId: string): Promise<void> {
    try {
      this.adopt(await api<typeof browserBranch>("POST", `/api/chat/${this.id}/branch`, { body: { messageId } }));
    } catch (error) {
      this.events.onProblem(failureText(error));
    }
  }

  /** Takes note of what happened in the reader's chats, in this tab or elsewhere. */
  hear(event: FeedEvent): void {
    if (event.type === "connected") return void (!this.isBusy && this.mayExist && this.sync());
    if (!isNews(event, this.id, this.store.messages.at(-1)?.metadata)) return;
    if (event.type === "run-started") this.startedRunId = event.runId;
    if (!this.isBusy) void this.sync();
  }

  /** Tries at once to find back to a reply whose connection was lost. */
  reconnectNow(): void {
    this.retry.stop();
    void this.sync().then((isReached) => !isReached && this.reconnectLater());
  }

  /** Takes the server's messages, and follows the reply that is being written. @returns whether the server answered */
  async sync(): Promise<boolean> {
    const { ends } = this;
    try {
      const opened = await api<typeof browserConversation>("GET", `/api/chat/${this.id}`);
      if (this.isBusy || this.connection.signal.aborted) return true;
      // What was asked before a reply ended may have it as one that is being written.
      if (ends !== this.ends) return this.sync();
      this.adopt(opened);
      return true;
    } catch (error) {
      // A chat that is gone, or not made yet, is an answer too: there is nothing to reconnect to.
      return error instanceof ApiError && error.status > 0;
    }
  }

  private adopt(opened: OpenedConversation) {
    this.noteStored(opened.messages.map(({ id }) => id));
    this.store.set({ messages: reconcileMessages(this.store.messages, opened.messages), status: "ready" });
    if (isRunning(opened.messages)) return void this.follow();
    const status = this.seeksEnd && opened.messages.at(-1)?.metadata?.status;
    this.seeksEnd = false;
    if (status) this.events.onReplyEnd(status);
  }

  private noteStored(ids: string[]) {
    if (this.pending && ids.includes(this.pending.id)) this.pending = undefined;
    this.events.onStored(ids);
  }

  /** Posts a request and follows its reply. @throws ApiError when the server refused or was not reached */
  private async ask(request: ChatRequest): Promise<void> {
    const { signal } = this.connection;
    const response = await postChat({ ...request, id: this.id }, signal);
    if (request.message) this.noteStored([request.message.id]);
    await this.read(response, signal);
  }

  /** Follows the running reply from its start; the server's messages tell how it ended when it is over already. */
  private async follow(): Promise<void> {
    const { signal } = this.connection;
    this.store.set({ status: "streaming" });
    const response = await fetch(`/api/chat/${this.id}/stream`, { signal, cache: "no-store" }).catch(() => null);
    if (signal.aborted) return;
    if (response?.status === 200) return this.read(response, signal);
    this.seeksEnd = true;
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
      this.seeksEnd = true;
      this.store.set({ status: "lost" });
      return this.reconnectLater();
    }
    this.endReply(metadata.status, metadata.runId);
  }

  private endReply(status: string, runId: string | undefined) {
    const isOutdated = this.startedRunId !== undefined && this.startedRunId !== runId;
    this.startedRunId = undefined;
    this.seeksEnd = false;
    this.ends += 1;
    this.retry.reset();
    this.store.set({ status: "ready" });
    if (isOutdated) void this.sync();
    else this.events.onReplyEnd(status);
  }

  private reconnectLater() {
    if (!this.connection.signal.aborted) this.retry.start(() => this.reconnectNow());
  }

  /** A message was not accepted, or nobody knows, or another tab had sent it: the server's list tells. If it is not there it waits. */
  private async keepUnsent(message: Unsent, before: HearthMessage[]) {
    if (this.connection.signal.aborted) return;
    this.store.set({ messages: before, status: "ready" });
    await this.sync();
    this.pending = undefined;
    if (!this.store.messages.some(({ id }) => id === message.id)) this.events.onUnsent(message);
  }

  /** Asks for a reply to what is shown already, while `meanwhile` is shown; a refusal brings back what was. */
  private async askAgain(request: ChatRequest, meanwhile: HearthMessage[]) {
    if (this.isBusy) return;
    const before = this.store.messages;
    this.store.set({ messages: meanwhile, status: "submitted" });
    try {
      await this.ask(request);
    } catch (error) {
      if (this.connection.signal.aborted) return;
      this.store.set({ messages: before, status: "ready" });
      this.events.onProblem(failureText(error));
      await this.sync();
    }
  }
}

const isRunning = (messages: HearthMessage[]) => messages.at(-1)?.metadata?.status === "running";
