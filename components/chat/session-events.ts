import type { Unsent } from "./unsent";

/** What a conversation's session tells the page. */
export type SessionEvents = {
  /** A reply ended: by itself, stopped or failed. */
  onReplyEnd: (status: string) => void;
  /** A message did not reach the server, or the page goes away before anyone can know. */
  onUnsent: (message: Unsent) => void;
  /** The server has these messages. */
  onStored: (ids: string[]) => void;
  /** Something else did not work; says what. */
  onProblem: (message: string) => void;
};

/** Nobody listens yet. */
export const unheard: SessionEvents = { onReplyEnd: () => {}, onUnsent: () => {}, onStored: () => {}, onProblem: () => {} };
