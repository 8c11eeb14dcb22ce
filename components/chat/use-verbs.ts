import { useMemo } from "react";
import { decideCall } from "./approvals/decide-call";
import type { ChatSession } from "./chat-session";
import type { MessageVerbs } from "./conversation-context";
import { giveVote } from "./give-vote";
import type { ChatOptionsState } from "./use-chat-options";

/** What the messages of a session can ask of it. The same object for as long as the session lives. */
export function useVerbs(session: ChatSession, options: ChatOptionsState, setEditing: MessageVerbs["setEditing"]): MessageVerbs {
  const { forRequest, change } = options;
  return useMemo(
    () => ({
      edit: (message, text) => void session.edit(message, text, forRequest()),
      regenerate: (messageId, model) => {
        if (model) change({ model });
        void session.regenerate(messageId, forRequest(model));
      },
      continueReply: (messageId) => void session.continueReply(messageId, forRequest()),
      vote: (messageId, vote) => void giveVote(session, messageId, vote),
      decide: (runId, decision) => decideCall(session, runId, decision),
      switchBranch: (messageId) => void session.switchBranch(messageId),
      setEditing,
    }),
    [session, forRequest, change, setEditing],
  );
}
