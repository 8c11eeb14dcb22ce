import type { ChatMessage, ChatRequest } from "../chat-request";
import { OpenaiError } from "../openai-error";
import { type ResponsesRequest, reasoningSettings, responsesRequest, textSettings } from "../responses-request";

type Item = Exclude<ResponsesRequest["input"], string>[number];
type Content = Extract<Item, { type: "function_call_output" }>["output"];
type Part = Exclude<Content, string>[number];

/** What the API has beyond the contract and an answer does not hang on. */
const harmless = new Set([
  "user",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
  "service_tier",
  "include",
  "stream_options",
  "max_tool_calls",
]);
const unsupported = new Set(["background", "conversation", "prompt", "top_logprobs", "truncation", "context_management"]);

/** A request to the Responses API as one to chat completions, which the models behind Hearth speak. @throws OpenaiError */
export function toChatRequest(request: ResponsesRequest): ChatRequest {
  refuseUnknown(request);
  const { model, instructions, input, tools, tool_choice: choice, text, reasoning } = request;
  const messages = typeof input === "string" ? [{ role: "user" as const, content: input }] : toMessages(input);
  return {
    model,
    messages: instructions ? [{ role: "system", content: instructions }, ...messages] : messages,
    stream: request.stream,
    temperature: request.temperature,
    top_p: request.top_p,
    max_tokens: request.max_output_tokens,
    parallel_tool_calls: request.parallel_tool_calls,
    reasoning_effort: reasoning?.effort,
    verbosity: text?.verbosity,
    tools: tools?.map(({ type, ...declared }) => ({ type, function: declared })),
    tool_choice: typeof choice === "object" && choice ? { type: "function", function: { name: choice.name } } : choice,
    response_format: toResponseFormat(text?.format),
  };
}

function refuseUnknown(request: ResponsesRequest): void {
  const unknown = [
    ...unknownNames(request, responsesRequest).filter((name) => !harmless.has(name)),
    ...unknownNames(request.text, textSettings).map((name) => `text.${name}`),
    ...unknownNames(request.reasoning, reasoningSettings).map((name) => `reasoning.${name}`),
  ];
  for (const name of unknown) {
    const param = name.slice(0, 60);
    if (unsupported.has(name))
      throw new OpenaiError(`Unsupported parameter: '${param}' is not supported by Hearth.`, { code: "unsupported_parameter", param });
    throw new OpenaiError(`Unknown parameter: '${param}'.`, { code: "unknown_parameter", param });
  }
}

/** The fields that the contract does not have, and that ask for something. */
function unknownNames(fields: Record<string, unknown> | null | undefined, { shape }: { shape: object }): string[] {
  const isDefault = (value: unknown) => value === null || value === undefined || value === false || value === 0 || value === "disabled";
  return Object.entries(fields ?? {}).flatMap(([name, value]) => (name in shape || isDefault(value) ? [] : [name]));
}

function toResponseFormat(format: NonNullable<ResponsesRequest["text"]>["format"]): ChatRequest["response_format"] {
  if (format?.type !== "json_schema") return format;
  const { type, ...json_schema } = format;
  return { type, json_schema };
}

/** Calls that follow one another, and the text before them, are one message of the assistant's. */
function toMessages(items: Item[]): ChatMessage[] {
  const messages: ChatMessage[] = [];
  for (const item of items) {
    if (item.type === "reasoning") continue;
    if (item.type === "function_call_output")
      messages.push({ role: "tool", tool_call_id: item.call_id, content: textOf(item.output, "input") });
    else if (item.type === "function_call") addCall(messages, item);
    else messages.push(toMessage(item));
  }
  return messages;
}

function addCall(messages: ChatMessage[], { call_id, name, arguments: text }: Extract<Item, { type: "function_call" }>): void {
  const call = { id: call_id, type: "function" as const, function: { name, arguments: text } };
  const last = messages.at(-1);
  if (last?.role === "assistant") last.tool_calls = [...(last.tool_calls ?? []), call];
  else messages.push({ role: "assistant", tool_calls: [call] });
}

function toMessage({ role, content }: Extract<Item, { role: string }>): ChatMessage {
  if (role !== "user") return { role, content: textOf(content, "input") };
  if (typeof content === "string") return { role, content };
  return {
    role,
    content: content.map((part) =>
      part.type === "input_image"
        ? { type: "image_url", image_url: { url: part.image_url, detail: part.detail } }
        : { type: "text", text: partText(part) },
    ),
  };
}

function textOf(content: Content, param: string): string {
  if (typeof content === "string") return content;
  if (content.some(({ type }) => type === "input_image"))
    throw new OpenaiError("Only a user's message can hold images.", { code: "unsupported_content", param });
  return content.map((part) => (part.type === "input_image" ? "" : partText(part))).join("");
}

const partText = (part: Exclude<Part, { type: "input_image" }>) => (part.type === "refusal" ? part.refusal : part.text);
