import type { JSONSchema7, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { isKnownToLack } from "../is-known-to-lack";
import type { ChatRequest } from "./chat-request";
import { OpenaiError } from "./openai-error";
import type { ResolvedModel } from "./resolve-model";

type Tools = Pick<LanguageModelV4CallOptions, "tools" | "toolChoice">;

/**
 * Tools and their choice as a call takes them. Ollama cannot be told which tool to use, so that it is shown none but the
 * one that is asked for; whether it uses it is checked afterwards.
 * @throws OpenaiError when the model cannot call tools, or the chosen one is not among them
 */
export function toTools({ tools, tool_choice }: Pick<ChatRequest, "tools" | "tool_choice">, { id, kind, listed }: ResolvedModel): Tools {
  if (!tools?.length) {
    if (tool_choice && tool_choice !== "none" && tool_choice !== "auto")
      throw new OpenaiError("tool_choice is only allowed when tools are specified.", { code: "invalid_value", param: "tool_choice" });
    return {};
  }
  if (tool_choice === "none") return {};
  if (isKnownToLack("tools", listed))
    throw new OpenaiError(`${id} cannot call tools. Use a model that can, or leave tools out.`, {
      code: "unsupported_parameter",
      param: "tools",
    });
  const declared = toDeclaredTools(tools);
  if (!tool_choice || typeof tool_choice === "string")
    return { tools: declared, ...(tool_choice && { toolChoice: { type: tool_choice } }) };
  const chosen = declared.filter(({ name }) => name === tool_choice.function.name);
  if (chosen.length === 0)
    throw new OpenaiError(`tool_choice names a tool that is not among tools.`, { code: "invalid_value", param: "tool_choice" });
  return {
    tools: kind === "ollama" ? chosen : declared,
    toolChoice: { type: "tool", toolName: tool_choice.function.name },
  };
}

/** Tools in OpenAI's shape as a call declares them. */
export function toDeclaredTools(tools: NonNullable<ChatRequest["tools"]>) {
  return tools.map(({ function: { name, description, parameters, strict } }) => ({
    type: "function" as const,
    name,
    ...(description && { description }),
    inputSchema: toJsonSchema(parameters ?? { type: "object", properties: {} }),
    ...(typeof strict === "boolean" && { strict }),
  }));
}

/** A JSON object that a caller declares to be a schema. Hosts judge it; what is used of it here is validated then. */
export function toJsonSchema(declared: Record<string, unknown>): JSONSchema7 {
  return declared as JSONSchema7;
}
