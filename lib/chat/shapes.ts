import { z } from "zod";
import type { MessageParts } from "@/db/schema/json";
import { routeDecision } from "@/lib/gateway/routing/contract";
import { lineOfText, listOf, plainText } from "@/lib/http/text";

/** The longest message any setting allows; `HEARTH_MAX_MESSAGE_CHARS` may ask for less. */
const absoluteMaxChars = 1_000_000;

const time = z.union([z.date().transform((at) => at.toISOString()), z.iso.datetime()]).pipe(z.iso.datetime());
/** What a person may write: 1 to a million characters after trimming, without control characters. */
export const messageText = plainText().pipe(z.string().trim().min(1, "Write something first").max(absoluteMaxChars));
/** A model as `/api/v1/models` lists it. */
export const modelId = lineOfText(200);

/** Sampling and prompt options a person may set for a chat. */
export const chatOptions = z.object({
  model: modelId
    .optional()
    .describe("As listed by /api/v1/models, `auto` for the one that suits the message; the first usable one when absent"),
  system: plainText().pipe(z.string().max(absoluteMaxChars)).optional().describe("System prompt"),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.number().int().min(1).max(1_000_000).optional(),
  tools: z.union([listOf(z.string().max(64), 64), z.enum(["auto", "none"])]).optional(),
});

const usage = z.object({
  upstream: z.string().optional().describe("The name of the model host that answered"),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  cachedTokens: z.number().int().optional(),
  reasoningTokens: z.number().int().optional(),
  tokensEstimated: z.boolean().optional().describe("Set when a host gave no counts, so that they are estimates"),
  costUsd: z.number(),
  cache: z.enum(["hit", "similar"]).optional().describe("Set when a kept answer was given again: to this question, or to a similar one"),
  durationMs: z.number(),
  timeToFirstTokenMs: z.number(),
  writingMs: z.number().optional().describe("How long models wrote, without the tools and the waiting between their calls"),
});

const runError = z.object({
  code: z.string(),
  reason: z.string().optional(),
  message: z.string(),
  retryAfterS: z.number().optional().describe("How long after the failure another try has a chance"),
});
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
    truncated: z.literal(true).optional().describe("The reply is complete but ended at its longest length; Continue goes on with it"),
    model: z
      .string()
      .nullish()
      .transform((value) => value ?? undefined),
    usage: usage.nullish().transform((value) => value ?? undefined),
    route: routeDecision
      .nullish()
      .transform((value) => value ?? undefined)
      .describe("How the model was chosen, when `auto` was asked for"),
    feedback: z
      .enum(["up", "down"])
      .nullish()
      .transform((value) => value ?? undefined)
      .describe("What its reader thought of it"),
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
    waitingRunId: z.uuid().nullable().describe("The run whose reply waits for your approval"),
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
