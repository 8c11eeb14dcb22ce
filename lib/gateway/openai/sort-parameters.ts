import { speaksOpenai } from "../upstream";
import { type ChatRequest, chatRequest } from "./chat-request";
import { OpenaiError } from "./openai-error";
import type { ResolvedModel } from "./resolve-model";

type Fields = Record<string, unknown>;

/** Fields with a meaning of their own in a call; all others go on as they are, or are refused. */
const mapped = new Set(Object.keys(chatRequest.shape));
/** Named in the contract for their form, but a matter of the host. */
const forHosts = ["logprobs", "top_logprobs", "parallel_tool_calls"] as const;
/** Of them Ollama has, in fields of its own, and only with one another. */
const ollamas: string[] = ["logprobs", "top_logprobs"];
/** What came before `tools`. A reply that uses them could not be told. */
const replaced: Record<string, string> = { functions: "tools", function_call: "tool_choice" };
/** Settings that Anthropic does not have: its provider package leaves them out with a warning that nobody would see. */
const notAnthropics = ["seed", "frequency_penalty", "presence_penalty"] as const;

/** Without effect on the reply's words, so that hosts which do not know them lose nothing. */
const harmless = new Set([
  "user",
  "metadata",
  "safety_identifier",
  "prompt_cache_key",
  "prompt_cache_retention",
  "service_tier",
  // Refused where it matters and the host cannot be told.
  "parallel_tool_calls",
]);

/** The rest of what OpenAI's chat completions take: https://platform.openai.com/docs/api-reference/chat/create */
const openaiOwn = new Set([
  "audio",
  "frequency_penalty",
  "logit_bias",
  "logprobs",
  "modalities",
  "parallel_tool_calls",
  "prediction",
  "presence_penalty",
  "seed",
  "store",
  "top_logprobs",
  "verbosity",
  "web_search_options",
]);

/**
 * The fields that go to the host unchanged. Null is the same as absent.
 * @throws OpenaiError `unsupported_parameter` or `unknown_parameter` when the model's host would ignore one that matters
 */
export function sortParameters(request: ChatRequest, model: ResolvedModel): Fields {
  const rest = Object.entries(request).filter(([name, value]) => value !== null && value !== undefined && !mapped.has(name));
  for (const [name] of rest) if (replaced[name]) throw refusalOfOld(name, replaced[name]);
  for (const name of forHosts) if (request[name] !== null && request[name] !== undefined) rest.push([name, request[name]]);
  if (speaksOpenai(model.kind)) {
    if (typeof request.top_k === "number") rest.push(["top_k", request.top_k]);
    return Object.fromEntries(rest);
  }
  if (model.kind === "anthropic") {
    const unheard = notAnthropics.find((name) => typeof request[name] === "number" && (name === "seed" || request[name] !== 0));
    if (unheard) throw refusal(unheard, model);
  } else if (wantsOneCall(request)) throw refusal("parallel_tool_calls", model);
  const passed = model.kind === "ollama" ? ollamas : [];
  for (const [name, value] of rest) {
    if (harmless.has(name) || passed.includes(name) || (name === "verbosity" && value === "medium")) continue;
    if (!asksForNothing(value)) throw refusal(name, model);
  }
  return Object.fromEntries(rest.filter(([name]) => request.logprobs === true && passed.includes(name)));
}

/** Whether a reply could call several tools and must not. One that has to call a certain tool is as good as held to that call. */
function wantsOneCall({ parallel_tool_calls: isParallel, tool_choice: choice, tools }: ChatRequest): boolean {
  return isParallel === false && Boolean(tools?.length) && choice !== "none" && typeof choice !== "object";
}

/** Counting the keys of a very large object takes long, and `auto` holds one request against hosts of several kinds. */
const knownToBeEmpty = new WeakMap<object, boolean>();

/** `false`, `0`, `["text"]` and empty lists and objects are what a model does anyway. */
function asksForNothing(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === false || value === 0;
  if (Array.isArray(value)) return value.length === 0 || (value.length === 1 && value[0] === "text");
  const isEmpty = knownToBeEmpty.get(value) ?? Object.keys(value).length === 0;
  knownToBeEmpty.set(value, isEmpty);
  return isEmpty;
}

function refusal(name: string, { id }: ResolvedModel): OpenaiError {
  const shown = name.slice(0, 60);
  if (openaiOwn.has(name))
    return new OpenaiError(`Unsupported parameter: '${shown}' is not supported with ${id}.`, {
      code: "unsupported_parameter",
      param: shown,
    });
  return new OpenaiError(`Unrecognized request argument supplied: ${shown}.`, { code: "unknown_parameter", param: shown });
}

function refusalOfOld(name: string, instead: string): OpenaiError {
  return new OpenaiError(`Unsupported parameter: '${name}' is not supported. Use '${instead}' instead.`, {
    code: "unsupported_parameter",
    param: name,
  });
}
