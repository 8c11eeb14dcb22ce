import { speaksOpenai } from "../upstream";
import type { ChatRequest } from "./chat-request";
import { jsonCheck } from "./json-check";
import type { Answer } from "./read-answer";
import type { ResolvedModel } from "./resolve-model";

/**
 * What a reply has to be. `fault` says what is wrong with one. `isSure` when the host holds the model to it, by a grammar
 * or its own means, so that a stream need not wait for the reply's end.
 */
export type ReplyCheck = { fault: (answer: Answer) => string | undefined; isSure: boolean };

/**
 * The check that a request asks for; undefined when any reply will do. A schema with `strict: false` is only a wish, and so
 * is one without `strict` where the host reads that as OpenAI does; for other hosts it is all there is to go by.
 */
export function replyCheck(
  { response_format: format, tool_choice: choice, tools }: ChatRequest,
  model: Pick<ResolvedModel, "kind">,
): ReplyCheck | undefined {
  const { kind } = model;
  const wantsTool = Boolean(tools?.length) && (choice === "required" || typeof choice === "object");
  if (wantsTool && kind === "ollama") return { fault: calledTool, isSure: false };
  if (format?.type === "json_object") return { fault: unlessCut(jsonCheck(undefined)), isSure: kind !== "anthropic" };
  if (format?.type !== "json_schema" || !(format.json_schema.strict ?? !speaksOpenai(model.kind))) return undefined;
  return { fault: unlessCut(jsonCheck(format.json_schema.schema ?? undefined)), isSure: kind !== "anthropic" };
}

const calledTool = ({ toolCalls }: Answer) =>
  toolCalls.length > 0 ? undefined : "It calls no tool, and it has to call one of those given.";

/** A reply that ran into its limit says so itself; one that calls a tool has no text to check. */
function unlessCut(check: (text: string) => string | undefined) {
  return ({ text, finish, toolCalls }: Answer) =>
    finish === "length" || finish === "content-filter" || toolCalls.length > 0 ? undefined : check(text);
}
