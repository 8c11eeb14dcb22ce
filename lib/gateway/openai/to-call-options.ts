import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from "@ai-sdk/provider";
import { openaiBodyKey } from "../providers/openai-body";
import type { ChatRequest } from "./chat-request";
import { isShallow } from "./is-shallow";
import { OpenaiError } from "./openai-error";
import type { ResolvedModel } from "./resolve-model";
import { readsOpenaiBody, sortParameters } from "./sort-parameters";
import { toPrompt } from "./to-prompt";
import { toJsonSchema, toTools } from "./to-tools";

/**
 * A chat completion's request as the options of a call to the model.
 * @throws OpenaiError for what the model's host could only ignore
 */
export function toCallOptions(request: ChatRequest, model: ResolvedModel): LanguageModelV4CallOptions {
  const passed = sortParameters(request, model);
  if (!isShallow(passed)) throw new OpenaiError("The request is nested too deep.", { code: "invalid_value" });
  const prompt = toPrompt(request.messages);
  refuseUnreadableImages(prompt, model);
  return {
    prompt,
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
    ...(format?.type === "json_schema" && readsOpenaiBody(model) && { openai: strictness, openaiCompatible: strictness }),
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

/** Ollama and the embedded model tell what they can read, and would leave an image out without a word. */
function refuseUnreadableImages(prompt: LanguageModelV4Prompt, { id, kind, listed }: ResolvedModel): void {
  if ((kind !== "ollama" && kind !== "embedded") || !listed || listed.capabilities.vision) return;
  const hasImage = prompt.some(({ role, content }) => role === "user" && content.some(({ type }) => type === "file"));
  if (hasImage) throw new OpenaiError(`${id} cannot read images.`, { code: "unsupported_content", param: "messages" });
}
