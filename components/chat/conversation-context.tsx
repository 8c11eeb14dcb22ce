"use client";

import { createContext, useContext } from "react";
import type { HearthMessage } from "@/lib/chat/ui-message";
import type { CallDecision } from "./approvals/decide-call";
import type { Vote } from "./give-vote";

/** What a message can ask of its conversation. The object stays the same, so that messages do not render again. */
export type MessageVerbs = {
  edit: (message: HearthMessage, text: string) => void;
  /** `model` answers in place of the chat's own. */
  regenerate: (messageId: string, model?: string) => void;
  continueReply: (messageId: string) => void;
  /** Keeps what the reader thinks of a reply; null takes it back. */
  vote: (messageId: string, vote: Vote | null) => void;
  /** Decides a call that waits. @returns what went wrong, if it is to be tried again */
  decide: (runId: string, decision: CallDecision) => Promise<string | null>;
  switchBranch: (messageId: string) => void;
  setEditing: (messageId: string | null) => void;
};

export const VerbsContext = createContext<MessageVerbs | null>(null);

/** Whether a reply is being asked for or written: then nothing may branch off. */
export const BusyContext = createContext(false);

/** What this message can ask of its conversation. @throws Error outside of one */
export function useMessageVerbs(): MessageVerbs {
  const verbs = useContext(VerbsContext);
  if (!verbs) throw new Error("useMessageVerbs needs a Conversation above it.");
  return verbs;
}
