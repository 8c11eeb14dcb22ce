import { fieldsOf, listOf } from "../wire/wire-format";

type Penalties = { presencePenalty?: number; frequencyPenalty?: number };

/**
 * Completes the body that the provider package makes for /api/chat.
 * `truncate` and `shift` off: a prompt that is too long fails, and a long reply ends, in place of silently losing what came
 * first. The top-level sampling fields are ones that Ollama ignores. Tool results name their tool, as templates ask for it.
 * `penalties` are options that Ollama has and the package does not.
 */
export function ollamaBody(body: Record<string, unknown>, { presencePenalty, frequencyPenalty }: Penalties = {}): Record<string, unknown> {
  const { temperature, top_p, max_output_tokens, tool_choice, ...kept } = body;
  const penalties = {
    ...(presencePenalty !== undefined && { presence_penalty: presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequency_penalty: frequencyPenalty }),
  };
  return {
    ...kept,
    ...(Object.keys(penalties).length > 0 && { options: { ...fieldsOf(kept.options ?? {}), ...penalties } }),
    messages: withToolNames(listOf(body.messages)),
    truncate: false,
    shift: false,
  };
}

function withToolNames(messages: Record<string, unknown>[]): Record<string, unknown>[] {
  const names = new Map<unknown, unknown>();
  return messages.map((message) => {
    for (const call of listOf(message.tool_calls)) names.set(call.id, (call.function as { name?: unknown } | undefined)?.name);
    return message.role === "tool" ? { ...message, tool_name: names.get(message.tool_call_id) } : message;
  });
}
