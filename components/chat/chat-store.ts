import type { HearthMessage } from "@/lib/chat/ui-message";

/** `submitted`: asked for, nothing has come yet. `lost`: the connection to a reply broke off. */
export type ChatStatus = "ready" | "submitted" | "streaming" | "lost";
export type ChatSnapshot = { messages: HearthMessage[]; status: ChatStatus };

/** Whether a reply is being asked for or written, as far as this page knows. */
export const isBusyStatus = (status: ChatStatus) => status === "submitted" || status === "streaming";

/** React renders at most this often while a reply streams: two frames. */
const pauseMs = 32;

/** What a conversation shows, for `useSyncExternalStore`. Growth of a reply is published at most every 32 ms. */
export class ChatStore {
  private state: ChatSnapshot;
  private shown: ChatSnapshot;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(messages: HearthMessage[]) {
    this.state = { messages, status: "ready" };
    this.shown = this.state;
  }

  get messages(): HearthMessage[] {
    return this.state.messages;
  }

  get status(): ChatStatus {
    return this.state.status;
  }

  /** Calls `listener` when there is something new to show, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What is shown now; the same object until there is something new. */
  readonly snapshot = (): ChatSnapshot => this.shown;

  /** Changes what is shown, at once. */
  set(changes: Partial<ChatSnapshot>): void {
    this.state = { ...this.state, ...changes };
    this.publish();
  }

  /** Puts a growing message in its place, or at the end; shown with the next pause. */
  grow(message: HearthMessage): void {
    const { messages } = this.state;
    const index = messages.findLastIndex(({ id }) => id === message.id);
    this.state = { messages: index < 0 ? [...messages, message] : messages.with(index, message), status: "streaming" };
    this.timer ??= setTimeout(() => this.publish(), pauseMs);
  }

  private publish() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.shown = this.state;
    for (const listener of this.listeners) listener();
  }
}
