import { z } from "zod";
import { defineContract } from "@/lib/http/contract";
import { chatRequest, modelName } from "./chat-request";
import { embeddingsRequest } from "./embeddings-request";
import { responsesRequest } from "./responses-request";

const shared = { tag: "OpenAI-compatible", access: "user", errorShape: "openai" } as const;
/** Images travel inside the body. */
const maxBodyBytes = 20 * 1024 * 1024;

const openaiModel = z
  .looseObject({
    id: z.string(),
    object: z.literal("model"),
    created: z.number().int(),
    owned_by: z.string(),
    name: z.string(),
    context_length: z.number().int().nullable(),
    capabilities: z.object({ tools: z.boolean(), vision: z.boolean(), thinking: z.boolean(), embedding: z.boolean(), json: z.boolean() }),
  })
  .meta({ id: "OpenAiModel" });

export type OpenaiModel = z.output<typeof openaiModel>;

export const createChatCompletion = defineContract({
  ...shared,
  method: "POST",
  path: "/v1/chat/completions",
  summary: "A chat completion, as OpenAI's API gives it",
  scope: "chat",
  body: chatRequest,
  maxBodyBytes,
  returns: z.looseObject({
    id: z.string(),
    object: z.literal("chat.completion"),
    created: z.number().int(),
    model: z.string(),
    choices: z.array(z.looseObject({ index: z.number().int(), message: z.looseObject({}), finish_reason: z.string() })),
    usage: z.looseObject({ prompt_tokens: z.number().int(), completion_tokens: z.number().int(), total_tokens: z.number().int() }),
  }),
  streams: "chat.completion.chunk objects as server-sent events, ended by [DONE]",
  errors: ["not_found", "rate_limited", "model_unavailable", "model_timeout"],
});

export const createOpenaiResponse = defineContract({
  ...shared,
  method: "POST",
  path: "/v1/responses",
  summary: "A response, as OpenAI's Responses API gives it; nothing of it is kept",
  scope: "chat",
  body: responsesRequest,
  maxBodyBytes,
  returns: z.looseObject({
    id: z.string(),
    object: z.literal("response"),
    created_at: z.number().int(),
    status: z.string(),
    model: z.string(),
    output: z.array(z.looseObject({ type: z.string() })),
  }),
  streams: "The Responses API's events, from response.created to response.completed",
  errors: ["not_found", "rate_limited", "model_unavailable", "model_timeout"],
});

export const createEmbeddings = defineContract({
  ...shared,
  method: "POST",
  path: "/v1/embeddings",
  summary: "Vectors for texts, as OpenAI's API gives them",
  scope: "embeddings",
  body: embeddingsRequest,
  maxBodyBytes,
  returns: z.looseObject({
    object: z.literal("list"),
    model: z.string(),
    data: z.array(
      z.object({ object: z.literal("embedding"), index: z.number().int(), embedding: z.union([z.array(z.number()), z.string()]) }),
    ),
    usage: z.object({ prompt_tokens: z.number().int(), total_tokens: z.number().int() }),
  }),
  errors: ["not_found", "rate_limited", "model_unavailable", "model_timeout"],
});

export const listOpenaiModels = defineContract({
  ...shared,
  method: "GET",
  path: "/v1/models",
  summary: "The models you may use, as OpenAI's API lists them",
  scope: "models",
  returns: z.object({ object: z.literal("list"), data: z.array(openaiModel) }),
});

export const getOpenaiModel = defineContract({
  ...shared,
  method: "GET",
  path: "/v1/models/{id}",
  summary: "One model, as OpenAI's API shows it",
  scope: "models",
  // Ids have slashes in them, which the path may hold as they are.
  params: z.object({
    id: z
      .union([z.string(), z.array(z.string())])
      .transform((id) => [id].flat().map(decoded).join("/"))
      .pipe(modelName),
  }),
  returns: openaiModel,
  errors: ["not_found"],
});

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
