import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { runEvents } from "./contract";
import { chatOptions, conversation, messageText } from "./shapes";
import type { HearthMessage } from "./ui-message";

const tag = "Chat page";
const scope = "chat";
const conversationId = z.uuid();
const byConversation = z.object({ conversationId });

/** The largest message the browser's chat may carry, as `{ id, message, options }`. */
export const browserChat = defineContract({
  method: "POST",
  path: "/api/chat",
  summary: "The chat page's own transport: send, edit, regenerate or continue, and follow the reply",
  tag,
  access: "user",
  scope,
  body: z.object({
    id: conversationId.describe("The chat; made when it does not exist yet"),
    trigger: z
      .enum(["send", "regenerate", "continue"])
      .describe("A new user message, a new version of a reply, or more of a broken-off reply"),
    message: z.object({ id: z.uuid(), text: messageText }).optional().describe("For `send`"),
    parentId: z.uuid().nullish().describe("For `send`: the message it follows (null: the start); the newest when absent"),
    messageId: z.uuid().optional().describe("For `regenerate` and `continue`: the reply in question"),
    options: chatOptions.default({}),
  }),
  maxBodyBytes: 8 * 1024 * 1024,
  streams: runEvents,
  errors: ["not_found", "conflict", "rate_limited", "too_large"],
});

export const browserFollow = defineContract({
  method: "GET",
  path: "/api/chat/{conversationId}/stream",
  summary: "Follow the chat's running reply from its start; 204 when nothing runs",
  tag,
  access: "user",
  scope,
  params: byConversation,
  streams: runEvents,
  alsoAnswers: { 204: { description: "Nothing runs" } },
  errors: ["not_found"],
});

export const browserStop = defineContract({
  method: "POST",
  path: "/api/chat/{conversationId}/stop",
  summary: "Stop the chat's running reply, keeping what was written",
  tag,
  access: "user",
  scope,
  params: byConversation,
  status: 202,
  errors: ["not_found"],
});

/** A conversation as the chat page holds it. */
export const openedConversation = z.object({
  conversation,
  options: chatOptions,
  messages: z
    .array(z.custom<HearthMessage>((value) => typeof value === "object"))
    .meta({ description: "AI SDK UIMessages with Hearth's metadata" }),
});

export type OpenedConversation = z.output<typeof openedConversation>;

export const browserBranch = defineContract({
  method: "POST",
  path: "/api/chat/{conversationId}/branch",
  summary: "Show the newest branch through a message, and remember it",
  tag,
  access: "user",
  scope,
  params: byConversation,
  body: z.object({ messageId: z.uuid() }),
  returns: openedConversation,
  errors: ["not_found"],
});

export const browserConversation = defineContract({
  method: "GET",
  path: "/api/chat/{conversationId}",
  summary: "The chat with the branch last looked at, as the page holds it",
  tag,
  access: "user",
  scope,
  params: byConversation,
  returns: openedConversation,
  errors: ["not_found"],
});

/** Something about the caller's chats changed; what the sidebar and other tabs listen to. */
export const chatEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("conversation"), conversation }),
  z.object({ type: z.literal("conversation-deleted"), conversationId }),
  z.object({ type: z.literal("run-started"), conversationId, runId: z.uuid() }),
  z.object({ type: z.literal("approval-decided"), conversationId, runId: z.uuid() }),
  z.object({ type: z.literal("run-ended"), conversationId, runId: z.uuid(), status: z.string() }),
]);

export type ChatEvent = z.output<typeof chatEvent>;

export const browserEvents = defineContract({
  method: "GET",
  path: "/api/chat/events",
  summary: "Follow what changes in your chats",
  tag,
  access: "user",
  scope,
  streams: "ChatEvent objects as JSON",
});
