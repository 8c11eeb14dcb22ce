import type { LanguageModelV4Message, LanguageModelV4Prompt } from "@ai-sdk/provider";
import type { ChatMessage } from "./chat-request";
import { OpenaiError } from "./openai-error";
import { readImage } from "./read-image";

type Content<Role extends LanguageModelV4Message["role"]> = Extract<LanguageModelV4Message, { role: Role }>["content"];
type Of<Role extends ChatMessage["role"]> = Extract<ChatMessage, { role: Role }>;

/**
 * OpenAI's messages as a prompt. Results of several tools become one message, as they answer one.
 * @throws OpenaiError for an image that is no data URL, and for a tool's result that nothing asked for
 */
export function toPrompt(messages: ChatMessage[]): LanguageModelV4Prompt {
  const toolNames = new Map<string, string>();
  const prompt: LanguageModelV4Prompt = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === "tool") addToolResult(prompt, message, { index, toolNames });
    else prompt.push(toMessage(message, index, toolNames));
  }
  return prompt;
}

function toMessage(message: Exclude<ChatMessage, { role: "tool" }>, index: number, toolNames: Map<string, string>): LanguageModelV4Message {
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: textOf(message.content), ...named(message) };
    case "user":
      return { role: "user", content: userContent(message, index), ...named(message) };
    case "assistant":
      for (const call of message.tool_calls ?? []) toolNames.set(call.id, call.function.name);
      return { role: "assistant", content: assistantContent(message), ...named(message) };
  }
}

/** Who speaks, as the packages for OpenAI and for compatible servers pass it on. The others leave it out. */
const named = ({ name }: { name?: string | null }) => name && { providerOptions: { openai: { name }, openaiCompatible: { name } } };

function userContent(message: Of<"user">, index: number): Content<"user"> {
  const { content } = message;
  if (typeof content === "string") return [{ type: "text", text: content, ...named(message) }];
  return content.map((part, at) => {
    if (part.type === "image_url") return readImage(part.image_url, `messages[${index}].content[${at}].image_url.url`);
    // The package asks the only text of a message for what it asks the message for otherwise.
    return { type: "text", text: part.text, ...(content.length === 1 && named(message)) };
  });
}

function assistantContent({ content, refusal, reasoning_content, tool_calls }: Of<"assistant">): Content<"assistant"> {
  const text = textOf(content ?? "") + (refusal ?? "");
  return [
    ...(reasoning_content ? [{ type: "reasoning" as const, text: reasoning_content }] : []),
    ...(text ? [{ type: "text" as const, text }] : []),
    ...(tool_calls ?? []).map(({ id, function: { name, arguments: text } }) => ({
      type: "tool-call" as const,
      toolCallId: id,
      toolName: name,
      input: readArguments(text),
    })),
  ];
}

function addToolResult(
  prompt: LanguageModelV4Prompt,
  { tool_call_id, content }: Of<"tool">,
  { index, toolNames }: { index: number; toolNames: Map<string, string> },
): void {
  const toolName = toolNames.get(tool_call_id);
  if (toolName === undefined)
    throw new OpenaiError(
      `The message with role "tool" at ${index} answers the call ${tool_call_id.slice(0, 60)}, which no assistant message before it makes.`,
      { code: "invalid_value", param: `messages[${index}].tool_call_id` },
    );
  const result = {
    type: "tool-result" as const,
    toolCallId: tool_call_id,
    toolName,
    output: { type: "text" as const, value: textOf(content) },
  };
  const last = prompt.at(-1);
  if (last?.role === "tool") last.content.push(result);
  else prompt.push({ role: "tool", content: [result] });
}

function textOf(content: string | ({ type: "text"; text: string } | { type: "refusal"; refusal: string })[]): string {
  if (typeof content === "string") return content;
  return content.map((part) => (part.type === "text" ? part.text : part.refusal)).join("");
}

/** What a model wrote as arguments is not always JSON. Hosts take an object only, so that the rest travels inside one. */
function readArguments(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : { arguments: value };
  } catch {
    return { arguments: text };
  }
}
