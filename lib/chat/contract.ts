import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { pageOf, pageQuery } from "@/lib/http/page";
import { lineOfText, listOf, plainText } from "@/lib/http/text";
import { chatOptions, conversation, message, messageText, modelId, run } from "./shapes";

const tag = "Chat";
const scope = "chat";
const conversationId = z.uuid();
const byConversation = z.object({ conversationId });
const byRun = z.object({ runId: z.uuid() });
/** What a stream of a run consists of. */
export const runEvents = "AI SDK UI message chunks, each with its number as `id:`, ended by `data: [DONE]`";

export const chat = defineContract({
  method: "POST",
  path: "/api/v1/chat",
  summary: "Send a message and get the reply, whole or as a stream",
  tag,
  access: "user",
  scope,
  body: chatOptions.extend({
    message: messageText,
    conversationId: conversationId.optional().describe("Goes on with this chat; a new one when absent"),
    parentId: z.uuid().optional().describe("Answers to this message, making a branch; the newest when absent"),
    stream: z.boolean().default(false),
    temporary: z.boolean().default(false).describe("Nothing of the exchange is stored; tools that ask for an approval are left out"),
  }),
  maxBodyBytes: 8 * 1024 * 1024,
  returns: z.object({ conversationId, runId: z.uuid(), message }),
  streams: runEvents,
  errors: ["not_found", "rate_limited", "budget_exceeded", "too_large", "model_unavailable", "model_timeout"],
});

export const listConversations = defineContract({
  method: "GET",
  path: "/api/v1/conversations",
  summary: "Your chats, last used first; `q` searches titles and messages",
  tag,
  access: "user",
  scope,
  query: pageQuery.extend({ q: plainText().pipe(z.string().trim().max(500)).optional(), archived: z.stringbool().optional() }),
  returns: pageOf(conversation),
});

const conversationChanges = z.object({
  title: lineOfText(200),
  model: modelId.nullable(),
  pinned: z.boolean(),
  archived: z.boolean(),
  tags: listOf(lineOfText(50), 20),
});

export const createConversation = defineContract({
  method: "POST",
  path: "/api/v1/conversations",
  summary: "Make an empty chat",
  tag,
  access: "user",
  scope,
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
  scope,
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
  scope,
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
  scope,
  params: byConversation,
  errors: ["not_found"],
});

export const restoreConversation = defineContract({
  method: "POST",
  path: "/api/v1/conversations/{conversationId}/restore",
  summary: "Undo the deletion of a chat, within ten minutes",
  tag,
  access: "user",
  scope,
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
  scope,
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
  scope,
  body: z.object({ conversationId, role: z.enum(["user", "assistant", "system"]), text: messageText, parentId: z.uuid().optional() }),
  maxBodyBytes: 8 * 1024 * 1024,
  returns: message,
  status: 201,
  errors: ["not_found", "too_large"],
});

export const giveFeedback = defineContract({
  method: "POST",
  path: "/api/v1/messages/{messageId}/feedback",
  summary: "Say whether a reply of yours was good; `null` takes it back",
  tag,
  access: "user",
  scope,
  params: z.object({ messageId: z.uuid() }),
  body: z.object({ vote: z.enum(["up", "down"]).nullable() }),
  returns: message,
  errors: ["not_found"],
});

export const history = defineContract({
  method: "GET",
  path: "/api/v1/history",
  summary: "Every message of yours, newest first; another `user_id` is for admins only",
  tag,
  access: "user",
  scope,
  query: pageQuery.extend({ user_id: z.uuid().optional() }),
  returns: pageOf(message),
  errors: ["forbidden"],
});

export const listRuns = defineContract({
  method: "GET",
  path: "/api/v1/runs",
  summary: "Your runs, newest first",
  tag,
  access: "user",
  scope,
  query: pageQuery.extend({ conversationId: z.uuid().optional(), status: run.shape.status.optional() }),
  returns: pageOf(run),
  errors: ["not_found"],
});

export const getRun = defineContract({
  method: "GET",
  path: "/api/v1/runs/{runId}",
  summary: "One run",
  tag,
  access: "user",
  scope,
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
  scope,
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
  scope,
  params: byRun,
  status: 202,
  errors: ["not_found"],
});

export const decideCall = defineContract({
  method: "POST",
  path: "/api/v1/runs/{runId}/approvals",
  summary: "Approve, reject or change a tool call that waits; answers with the run that still waits, or the one that goes on",
  tag,
  access: "user",
  scope,
  params: byRun,
  body: z.object({
    toolCallId: lineOfText(500),
    decision: z.enum(["approve", "reject", "edit"]),
    input: z
      .record(z.string(), z.unknown())
      .optional()
      .describe("For `edit`: what is run instead. For `approve`: what you saw; refused when something else waits"),
    reason: plainText().pipe(z.string().trim().max(2_000)).optional().describe("For `reject`: the model reads it"),
    remember: z.literal("conversation").optional().describe("Always allow this very call in this chat"),
  }),
  returns: run,
  errors: ["not_found", "conflict"],
});

export const forgetAllowance = defineContract({
  method: "DELETE",
  path: "/api/v1/runs/{runId}/approvals",
  summary: "Ask again before a call that you always allowed in its chat; harmless when it was not",
  tag,
  access: "user",
  scope,
  params: byRun,
  query: z.object({ toolCallId: lineOfText(500) }),
  errors: ["not_found"],
});
