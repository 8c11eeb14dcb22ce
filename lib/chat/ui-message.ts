import type { UIMessage } from "ai";
import type { Message } from "./shapes";

/** What the chat page knows of a message beside its parts. Browser-safe. */
export type MessageMetadata = {
  conversationId: string;
  runId?: string;
  parentId: string | null;
  /** All versions of this message, oldest first, itself included. */
  siblings: string[];
  status: Message["status"];
  /** The reply ended at its longest length; Continue goes on with it. */
  truncated?: boolean;
  model?: string;
  usage?: Message["usage"];
  /** How the model was chosen, when it was left to Hearth. */
  route?: Message["route"];
  /** What the reader thought of the reply. */
  feedback?: Message["feedback"];
  error?: { code: string; reason?: string; message: string };
  /** What the reader should know of how the reply was made, as that older messages were left out. */
  notes?: string[];
  /** The reply's place in the line for its model, from 1, while it waits for one. Never stored. */
  queuePosition?: number;
  createdAt: string;
};

export type HearthMessage = UIMessage<MessageMetadata>;

/** A stored message in the shape `useChat` holds. */
export function toUiMessage(message: Message, siblings: string[], runId?: string): HearthMessage {
  const { id, role, parts, conversationId, parentId, status, truncated, model, usage, route, feedback, error, createdAt } = message;
  const made = { status, truncated, model, usage, route, feedback, error, notes: notesOf(parts) };
  return { id, role, parts, metadata: { conversationId, runId, parentId, siblings, ...made, createdAt } };
}

/** Notes travel as data parts, so that they are stored with the reply they are about. */
function notesOf(parts: HearthMessage["parts"]): string[] {
  return parts.flatMap((part) => (part.type === "data-note" && typeof part.data === "string" ? [part.data] : []));
}
