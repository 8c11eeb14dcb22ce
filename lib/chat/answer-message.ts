import { db } from "@/db/database";
import { getMessage } from "@/db/queries/messages";
import type { ChatOptions } from "@/db/schema/json";
import { InvalidRequestError } from "@/lib/core/errors";
import { followRun } from "./follow-run";
import { toMessage } from "./present";
import { runFailure } from "./run-failure";
import type { Message } from "./shapes";
import { type StartedRun, startRun } from "./start-run";
import { findTemporaryMessage, startTemporaryRun } from "./temporary-run";

type Given = {
  ownerId: string;
  keyId?: string;
  text: string;
  conversationId?: string;
  parentId?: string;
  temporary: boolean;
  options: ChatOptions;
  isFresh?: boolean;
};

/** Starts a run for a program: stored, or temporary. @throws as `startRun` does; InvalidRequestError for a temporary message in a stored conversation */
export async function startForProgram({ temporary, conversationId, parentId, ...given }: Given): Promise<StartedRun> {
  if (!temporary) return startRun({ ...given, conversationId, parentId });
  if (conversationId || parentId) {
    throw new InvalidRequestError("A temporary message cannot belong to a stored conversation.", [
      { path: "body.temporary", message: "Leave out conversationId and parentId" },
    ]);
  }
  return startTemporaryRun(given);
}

/**
 * Waits for a run's end and gives the whole reply. The run goes on when the caller goes away.
 * @throws ModelError, or why the call was refused, when the run failed before anything was written; a reply that broke off later is given as it is, with status `failed`
 */
export async function wholeReply({ runId, conversationId, messageId }: StartedRun, ownerId: string): Promise<Message> {
  for await (const _ of await followRun({ runId, ownerId, from: 0 }));
  const message = findTemporaryMessage({ runId, ownerId }) ?? toMessage(await getMessage(db(), { id: messageId, conversationId, ownerId }));
  const { status, text, error } = message;
  if (status === "failed" && text === "") throw runFailure(error);
  return message;
}
