import { z } from "zod";
import { listOf } from "@/lib/http/text";
import { isShallow } from "./is-shallow";
import { isSmallSchema, smallSchemaRule } from "./is-small-schema";

export const maxMessages = 10_000;
/** Far more than any host has: each is looked at for every kind of host that could answer. */
const maxFields = 200;

const shallow = { error: "Must not be nested deeper than 64 levels", abort: true };

/** A JSON Schema or another JSON object, which goes on to hosts and validators as it is. */
export const jsonObject = z.record(z.string(), z.unknown()).refine(isShallow, shallow);

/** The JSON Schema that a reply has to fit, which Hearth reads too. */
export const replySchema = jsonObject.refine(isSmallSchema, smallSchemaRule);

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const imagePart = z.object({
  type: z.literal("image_url"),
  image_url: z.object({
    url: z.string().describe("A data URL, as in data:image/png;base64,…"),
    detail: z.string().max(20).nullish().describe("For hosts that have it: auto, low or high"),
  }),
});
const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });

const textContent = z.union([z.string(), listOf(textPart, 1_000)]);
const userContent = z.union([z.string(), listOf(z.discriminatedUnion("type", [textPart, imagePart]), 1_000)]);
const assistantContent = z.union([z.string(), listOf(z.discriminatedUnion("type", [textPart, refusalPart]), 1_000)]);

const toolCall = z.object({
  id: z.string().min(1).max(200),
  type: z.literal("function"),
  function: z.object({ name: z.string().min(1).max(200), arguments: z.string() }),
});

const name = z.string().max(200).nullish().describe("Who speaks, for hosts that have it");

export const chatMessage = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), content: textContent, name }),
  z.object({ role: z.literal("developer"), content: textContent, name }),
  z.object({ role: z.literal("user"), content: userContent, name }),
  z.object({
    role: z.literal("assistant"),
    name,
    content: assistantContent.nullish(),
    refusal: z.string().nullish(),
    reasoning_content: z.string().nullish(),
    tool_calls: listOf(toolCall, 1_000).nullish(),
  }),
  z.object({ role: z.literal("tool"), tool_call_id: z.string().min(1).max(200), content: textContent }),
]);

export const functionName = z.string().regex(/^[\w.-]{1,128}$/, "Must be 1 to 128 letters, digits, dots, dashes or underscores");

const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name: functionName,
    description: z.string().nullish(),
    parameters: jsonObject.nullish(),
    strict: z.boolean().nullish(),
  }),
});

const toolChoice = z.union([
  z.enum(["none", "auto", "required"]),
  z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
]);

const responseFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    json_schema: z.object({
      name: z.string().max(200),
      description: z.string().nullish(),
      schema: replySchema.nullish(),
      strict: z.boolean().nullish(),
    }),
  }),
]);

export const modelName = z
  .string()
  .min(1)
  .max(200)
  .describe("A model's id, as in ollama/llama3.2:3b, or its name alone when only one host kind has it");
export const temperature = z.number().min(0).max(2).nullish();
export const topP = z.number().min(0).max(1).nullish();
export const tokenLimit = z.number().int().min(1).max(10_000_000).nullish();
export const topLogprobs = z.number().int().min(0).max(20).nullish();
export const reasoningEffort = z.enum(["none", "minimal", "low", "medium", "high", "xhigh", "max"]).nullish();
const penalty = z.number().min(-2).max(2).nullish();

/** A chat completion's request, as tolerant as OpenAI is: what is not named here is kept, for hosts that may know it. */
export const chatRequest = z
  .object({
    model: modelName,
    messages: z.array(z.unknown()).min(1).max(maxMessages).pipe(z.array(chatMessage).min(1)),
    stream: z.boolean().nullish(),
    stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
    temperature,
    top_p: topP,
    top_k: z.number().int().min(1).max(100_000).nullish().describe("For hosts that have it; OpenAI itself does not"),
    max_tokens: tokenLimit,
    max_completion_tokens: tokenLimit,
    frequency_penalty: penalty,
    presence_penalty: penalty,
    stop: z.union([z.string(), listOf(z.string().min(1), 16)]).nullish(),
    seed: z.number().int().nullish(),
    n: z.literal(1, "Must be 1: Hearth gives one choice").nullish(),
    tools: listOf(tool, 512).nullish(),
    tool_choice: toolChoice.nullish(),
    parallel_tool_calls: z.boolean().nullish(),
    response_format: responseFormat.nullish(),
    reasoning_effort: reasoningEffort,
    logprobs: z.boolean().nullish(),
    top_logprobs: topLogprobs,
  })
  .catchall(z.unknown().refine(isShallow, shallow))
  .refine((request) => Object.keys(request).length <= maxFields, `Must not have more than ${maxFields} fields`);

export type ChatRequest = z.output<typeof chatRequest>;
export type ChatMessage = z.output<typeof chatMessage>;
