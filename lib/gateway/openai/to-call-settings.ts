import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { CallSettings } from "../call-record";
import { openaiBodyKey } from "../providers/openai-body";
import { speaksOpenai } from "../upstream";
import type { ChatRequest } from "./chat-request";
import { OpenaiError } from "./openai-error";
import type { ResolvedModel } from "./resolve-model";
import { sortParameters } from "./sort-parameters";
import { toJsonSchema, toTools } from "./to-tools";

/**
 * All of a chat completion's request but its messages, as the model takes it.
 * @throws OpenaiError for what the model's host could only ignore
 */
export function toCallSettings(request: ChatRequest, model: ResolvedModel): CallSettings {
  const passed = sortParameters(request, model);
  return {
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    // A host that reads OpenAI's body gets it there: the provider packages would leave it out.
    topK: "top_k" in passed ? undefined : (request.top_k ?? undefined),
    maxOutputTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
    frequencyPenalty: request.frequency_penalty ?? undefined,
    presencePenalty: request.presence_penalty ?? undefined,
    stopSequences: stopsOf(request),
    seed: request.seed ?? undefined,
    reasoning: request.reasoning_effort ?? undefined,
    responseFormat: formatOf(request),
    ...toTools(request, model),
    // The provider packages do not pass log probabilities on, but the host's own chunks have them.
    ...(passed.logprobs === true && { includeRawChunks: true }),
    ...providerOptionsOf(request, model, passed),
  };
}

/** The same for a model that need not be asked: null when it would be refused. */
export function findCallSettings(request: ChatRequest, model: ResolvedModel): CallSettings | null {
  try {
    return toCallSettings(request, model);
  } catch (error) {
    if (error instanceof OpenaiError) return null;
    throw error;
  }
}

/** What the provider packages take beside a call's own options. */
function providerOptionsOf(
  request: ChatRequest,
  model: ResolvedModel,
  passed: Record<string, unknown>,
): Pick<LanguageModelV4CallOptions, "providerOptions"> {
  const { response_format: format, parallel_tool_calls: isParallel } = request;
  // Left to themselves the packages hold any schema to be strict; with OpenAI one is when it says so.
  const strictness = { strictJsonSchema: format?.type === "json_schema" && format.json_schema.strict === true };
  const options = {
    ...(Object.keys(passed).length > 0 && { [openaiBodyKey]: passed as Record<string, never> }),
    ...(format?.type === "json_schema" && speaksOpenai(model.kind) && { openai: strictness, openaiCompatible: strictness }),
    ...(isParallel === false && model.kind === "anthropic" && { anthropic: { disableParallelToolUse: true } }),
  };
  return Object.keys(options).length > 0 ? { providerOptions: options } : {};
}

function stopsOf({ stop }: ChatRequest): string[] | undefined {
  const stops = [stop ?? []].flat().filter(Boolean);
  return stops.length > 0 ? stops : undefined;
}

/** The form that a reply is asked for in; undefined for any. */
export function formatOf({ response_format: format }: Pick<ChatRequest, "response_format">): LanguageModelV4CallOptions["responseFormat"] {
  if (format?.type === "json_object") return { type: "json" };
  if (format?.type !== "json_schema") return undefined;
  const { name, description, schema } = format.json_schema;
  return { type: "json", name, ...(description && { description }), ...(schema && { schema: toJsonSchema(schema) }) };
}
