import { z } from "zod";
import type { MessageParts } from "@/db/schema/json";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";
import { lineOfText, plainText } from "@/lib/http/text";
import type { HearthMessage } from "./ui-message";

/** The longest message any setting allows; `HEARTH_MAX_MESSAGE_CHARS` may ask for less. */
const absoluteMaxChars = 1_000_000;

const time = z.union([z.date().transform((at) => at.toISOString()), z.iso.datetime()]).pipe(z.iso.datetime());
const messageText = plainText().pipe(z.string().trim().min(1, "Write something first").max(absoluteMaxChars));
const modelId = z.string().trim().min(1).max(200);

/** Sampling and prompt options a person may set for a chat. */
export const chatOptions = z.object({
  model: modelId.optional().describe("As listed by /api/v1/models; the first usable one when absent"),
  system: plainText().pipe(z.string().max(absoluteMaxChars)).optional().describe("System prompt"),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.number().int().min(1).max(1_000_000).optional(),
  tools: z.union([z.array(z.string().max(64)).max(64), z.enum(["auto", "none"])]).optional(),
});

const usage = z.object({
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cachedTokens: z.number().int().optional(),
  reasoningTokens: z.number().int().optional(),
  costUsd: z.number(),
  durationMs: z.number(),
  timeToFirstTokenMs: z.number(),
});

const runError = z.object({ code: z.string(), reason: z.string().optional(), message: z.string() });
const messageStatus = z.enum(["complete", "running", "stopped", "interrupted", "failed", "awaiting-approval"]);

export const message = z
  .object({
    id: z.uuid(),
    conversationId: z.uuid(),
    parentId: z.uuid().nullable(),
    role: z.enum(["user", "assistant", "system"]),
    parts: z.custom<MessageParts>(Array.isArray).meta({ description: "AI SDK UIMessage parts" }),
    text: z.string(),
    status: messageStatus,
    model: z
      .string()
      .nullish()
      .transform((value) => value ?? undefined),
    usage: usage.nullish().transform((value) => value ?? undefined),
    error: runError.nullish().transform((value) => value ?? undefined),
    createdAt: time,
  })
  .meta({ id: "Message" });

export const conversation = z
  .object({
    id: z.uuid(),
    title: z.string(),
    model: z.string().nullable(),
    pinned: z.boolean(),
    archived: z.boolean(),
    folderId: z.uuid().nullable(),
    tags: z.array(z.string()),
    activeRunId: z.uuid().nullable(),
    createdAt: time,
    updatedAt: time,
    snippet: z.string().optional().describe("On search: the passage found, HTML-escaped, the match in <mark>"),
  })
  .meta({ id: "Conversation" });

export const run = z
  .object({
    id: z.uuid(),
    conversationId: z.uuid(),
    messageId: z.uuid(),
    status: z.enum(["queued", "running", "complete", "stopped", "interrupted", "failed", "awaiting-approval"]),
    model: z.string().nullable(),
    startedAt: time.nullable(),
    endedAt: time.nullable(),
    error: runError.nullish().transform((value) => value ?? undefined),
  })
  .meta({ id: "Run" });

export type Message = z.output<typeof message>;
export type Conversation = z.output<typeof conversation>;
export type Run = z.output<typeof run>;
export type ChatOptionsInput = z.output<typeof chatOptions>;

const tag = "Chat";
const conversationId = z.uuid();
const byConversation = z.object({ conversationId });
const byRun = z.object({ runId: z.uuid() });
const runEvents = "AI SDK UI message chunks, each with its number as `id:`, ended by `data: [DONE]`";

export const chat = defineContract({
  method: "POST",
  path: "/api/v1/chat",
  summary: "Send a message and get the reply, whole or as a stream",
  tag,
  access: "user",
  body: chatOptions.extend({
    message: messageText,
    conversationId: conversationId.optional().describe("Goes on with this chat; a new one when absent"),
    parentId: z.uuid().optional().describe("Answers to this message, making a branch; the newest when absent"),
    stream: z.boolean().default(false),
    temporary: z.boolean().default(false).describe("Nothing of the exchange is stored"),
  }),
  maxBodyBytes: 8 * 1024 * 1024,
  returns: z.object({ conversationId, runId: z.uuid(), message }),
  streams: runEvents,
  errors: ["not_found", "rate_limited", "too_large", "model_unavailable", "model_timeout"],
});

export const listConversations = defineContract({
  method: "GET",
  path: "/api/v1/conversations",
  summary: "Your chats, last used first; `q` searches titles and messages",
  tag,
  access: "user",
  query: pageQuery.extend({ q: z.string().trim().max(500).optional(), archived: z.stringbool().optional() }),
  returns: pageOf(conversation),
});

const conversationChanges = z.object({
  title: lineOfText(200),
  model: modelId.nullable(),
  pinned: z.boolean(),
  archived: z.boolean(),
  tags: z.array(lineOfText(50)).max(20),
});

export const createConversation = defineContract({
  method: "POST",
  path: "/api/v1/conversations",
  summary: "Make an empty chat",
  tag,
  access: "user",
  body: conversationChanges.partial(),
  returns: conversation,
  status: 201,
});

export const getConversation = defineContract({
  method: "GET",
  path: "/api/v1/conversations/{conversationId}",
  summary: "One chat",
  tag,
  access: "user",
  params: byConversation,
  returns: conversation,
  errors: ["not_found"],
});

export const updateConversation = defineContract({
  method: "PATCH",
  path: "/api/v1/conversations/{conversationId}",
  summary: "Rename, pin, archive or tag a chat, or change its model",
  tag,
  access: "user",
  params: byConversation,
  body: conversationChanges.partial(),
  returns: conversation,
  errors: ["not_found"],
});

export const deleteConversation = defineContract({
  method: "DELETE",
  path: "/api/v1/conversations/{conversationId}",
  summary: "Delete a chat; it can be restored for ten minutes, then it is erased",
  tag,
  access: "user",
  params: byConversation,
  errors: ["not_found"],
});

export const restoreConversation = defineContract({
  method: "POST",
  path: "/api/v1/conversations/{conversationId}/restore",
  summary: "Undo the deletion of a chat, within ten minutes",
  tag,
  access: "user",
  params: byConversation,
  returns: conversation,
  errors: ["not_found"],
});

export const listMessages = defineContract({
  method: "GET",
  path: "/api/v1/messages",
  summary: "The active branch of a chat, oldest first; with `all=true` the whole tree",
  tag,
  access: "user",
  query: pageQuery.extend({ conversationId, all: z.stringbool().default(false) }),
  returns: pageOf(message),
  errors: ["not_found"],
});

export const createMessage = defineContract({
  method: "POST",
  path: "/api/v1/messages",
  summary: "Store a message without running a model",
  tag,
  access: "user",
  body: z.object({ conversationId, role: z.enum(["user", "assistant", "system"]), text: messageText, parentId: z.uuid().optional() }),
  maxBodyBytes: 8 * 1024 * 1024,
  returns: message,
  status: 201,
  errors: ["not_found", "too_large"],
});

export const history = defineContract({
  method: "GET",
  path: "/api/v1/history",
  summary: "Every message of yours, newest first; another `user_id` is for admins only",
  tag,
  access: "user",
  query: pageQuery.extend({ user_id: z.uuid().optional() }),
  returns: pageOf(message),
  errors: ["forbidden"],
});

export const getRun = defineContract({
  method: "GET",
  path: "/api/v1/runs/{runId}",
  summary: "One run",
  tag,
  access: "user",
  params: byRun,
  returns: run,
  errors: ["not_found"],
});

export const followRun = defineContract({
  method: "GET",
  path: "/api/v1/runs/{runId}/stream",
  summary: "Replay a run from chunk `from`, or after `Last-Event-ID`, and follow it to its end",
  tag,
  access: "user",
  params: byRun,
  query: z.object({ from: z.coerce.number().int().min(0).optional() }),
  streams: runEvents,
  errors: ["not_found"],
});

export const stopRun = defineContract({
  method: "POST",
  path: "/api/v1/runs/{runId}/stop",
  summary: "Stop a run, keeping what was written; harmless when it has ended",
  tag,
  access: "user",
  params: byRun,
  status: 202,
  errors: ["not_found"],
});

/** The largest message the browser's chat may carry, as `{ id, message, options }`. */
export const browserChat = defineContract({
  method: "POST",
  path: "/api/chat",
  summary: "The chat page's own transport: send, edit, regenerate or continue, and follow the reply",
  tag: "Browser",
  access: "user",
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
  tag: "Browser",
  access: "user",
  params: byConversation,
  streams: runEvents,
  errors: ["not_found"],
});

export const browserStop = defineContract({
  method: "POST",
  path: "/api/chat/{conversationId}/stop",
  summary: "Stop the chat's running reply, keeping what was written",
  tag: "Browser",
  access: "user",
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
  tag: "Browser",
  access: "user",
  params: byConversation,
  body: z.object({ messageId: z.uuid() }),
  returns: openedConversation,
  errors: ["not_found"],
});

export const browserConversation = defineContract({
  method: "GET",
  path: "/api/chat/{conversationId}",
  summary: "The chat with the branch last looked at, as the page holds it",
  tag: "Browser",
  access: "user",
  params: byConversation,
  returns: openedConversation,
  errors: ["not_found"],
});

/** Something about the caller's chats changed; what the sidebar and other tabs listen to. */
export const chatEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("conversation"), conversation }),
  z.object({ type: z.literal("conversation-deleted"), conversationId }),
  z.object({ type: z.literal("run-started"), conversationId, runId: z.uuid() }),
  z.object({ type: z.literal("run-ended"), conversationId, runId: z.uuid(), status: z.string() }),
]);

export type ChatEvent = z.output<typeof chatEvent>;

export const browserEvents = defineContract({
  method: "GET",
  path: "/api/chat/events",
  summary: "Follow what changes in your chats",
  tag: "Browser",
  access: "user",
  streams: "ChatEvent objects as JSON",
});
