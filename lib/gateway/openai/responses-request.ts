import { z } from "zod";
import { listOf } from "@/lib/http/text";
import {
  functionName,
  jsonObject,
  maxMessages,
  modelName,
  reasoningEffort,
  replySchema,
  temperature,
  tokenLimit,
  topP,
} from "./chat-request";

const textPart = z.object({ type: z.enum(["input_text", "output_text"]), text: z.string() });
const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });
const imagePart = z.object({
  type: z.literal("input_image"),
  image_url: z.string().describe("A data URL"),
  detail: z.string().max(20).nullish().describe("For hosts that have it: auto, low or high"),
});
const part = z.discriminatedUnion("type", [textPart, refusalPart, imagePart]);
const content = z.union([z.string(), listOf(part, 1_000)]);

const item = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message").optional(), role: z.enum(["user", "assistant", "system", "developer"]), content }),
  z.object({
    type: z.literal("function_call"),
    call_id: z.string().min(1).max(200),
    name: z.string().min(1).max(200),
    arguments: z.string(),
  }),
  z.object({ type: z.literal("function_call_output"), call_id: z.string().min(1).max(200), output: content }),
  // Thoughts of an earlier answer, which clients send back with it.
  z.object({ type: z.literal("reasoning") }),
]);

const tool = z.object({
  type: z.literal("function"),
  name: functionName,
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
});

const format = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.object({
    type: z.literal("json_schema"),
    name: z.string().max(200),
    description: z.string().nullish(),
    schema: replySchema,
    strict: z.boolean().nullish(),
  }),
]);

const toolChoice = z.union([z.enum(["none", "auto", "required"]), z.object({ type: z.literal("function"), name: z.string() })]);

export const textSettings = z.looseObject({
  format: format.nullish(),
  verbosity: z.string().max(20).nullish().describe("For hosts that have it: low, medium or high"),
});

const summary = z
  .enum(["auto", "concise", "detailed"])
  .nullish()
  .describe("Without effect: what a host shows of the model's thoughts is given as it is");

export const reasoningSettings = z.looseObject({
  effort: reasoningEffort,
  summary,
  generate_summary: summary,
  context: z.literal("auto", "Must be auto: Hearth leaves out the thoughts of earlier answers").nullish(),
  mode: z.literal("standard", "Must be standard: Hearth has no other mode").nullish(),
});

/** A request to the Responses API. Whatever needs an answer to be kept here is refused: every request brings its whole history. */
export const responsesRequest = z.looseObject({
  model: modelName,
  input: z.union([z.string().min(1), z.array(z.unknown()).min(1).max(maxMessages).pipe(z.array(item).min(1))]),
  instructions: z.string().nullish(),
  stream: z.boolean().nullish(),
  temperature,
  top_p: topP,
  max_output_tokens: tokenLimit,
  tools: listOf(tool, 512).nullish(),
  tool_choice: toolChoice.nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  text: textSettings.nullish(),
  reasoning: reasoningSettings.nullish(),
  metadata: z.record(z.string().max(64), z.string().max(512)).nullish(),
  store: z.literal(false, "Must be false: Hearth keeps no responses").nullish(),
  previous_response_id: z.null("Hearth keeps no responses: send the earlier items in input").optional(),
});

export type ResponsesRequest = z.output<typeof responsesRequest>;
