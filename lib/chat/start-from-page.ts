import type { z } from "zod";
import { InvalidRequestError } from "@/lib/core/errors";
import { continueReply } from "./continue-reply";
import type { browserChat } from "./page-contract";
import { regenerateReply } from "./regenerate-reply";
import { type StartedRun, startRun } from "./start-run";

type PageRequest = z.output<NonNullable<typeof browserChat.body>> & { ownerId: string; keyId?: string };

/** Starts what the chat page asks for: a reply to a new message, a new version of a reply, or more of one. @throws as the three do */
export function startFromPage({
  ownerId,
  keyId,
  id: conversationId,
  trigger,
  message,
  parentId,
  messageId,
  options,
}: PageRequest): Promise<StartedRun> {
  if (trigger === "send") {
    if (!message) throw missing("message");
    return startRun({ ownerId, keyId, conversationId, mayCreate: true, text: message.text, messageId: message.id, parentId, options });
  }
  if (!messageId) throw missing("messageId");
  const reply = { ownerId, keyId, conversationId, messageId, options };
  return trigger === "regenerate" ? regenerateReply(reply) : continueReply(reply);
}

function missing(field: string): InvalidRequestError {
  return new InvalidRequestError(`The request lacks ${field}.`, [{ path: `body.${field}`, message: "Required for this trigger" }]);
}
