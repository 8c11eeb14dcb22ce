import type { LanguageModelV4FinishReason } from "@ai-sdk/provider";
import type { OpenaiErrorBody } from "../openai-error";
import type { ResponsesRequest } from "../responses-request";
import type { ReplyName } from "../to-completion";
import { type Counts, toResponseUsage } from "../to-usage";

/** An item of a response's output, in the API's own shape. */
export type OutputItem = Record<string, unknown> & { id: string; type: "message" | "reasoning" | "function_call" };

type End = {
  output: OutputItem[];
  finish?: LanguageModelV4FinishReason["unified"];
  counts?: Counts;
  error?: OpenaiErrorBody["error"];
};

/** The response object, under way or at its end: https://platform.openai.com/docs/api-reference/responses/object */
export function toResponse(request: ResponsesRequest, { id, created, model }: ReplyName, { output, finish, counts, error }: End) {
  const cutBy = finish === "length" ? "max_output_tokens" : finish === "content-filter" ? "content_filter" : undefined;
  return {
    id,
    object: "response",
    created_at: created,
    status: error ? "failed" : finish === undefined ? "in_progress" : cutBy ? "incomplete" : "completed",
    error: error ? { code: error.code ?? "server_error", message: error.message } : null,
    incomplete_details: cutBy ? { reason: cutBy } : null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    model,
    output,
    parallel_tool_calls: request.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: request.reasoning?.effort ?? null, summary: null },
    store: false,
    temperature: request.temperature ?? null,
    text: { format: request.text?.format ?? { type: "text" }, verbosity: request.text?.verbosity ?? "medium" },
    tool_choice: request.tool_choice ?? "auto",
    tools: request.tools ?? [],
    top_p: request.top_p ?? null,
    truncation: "disabled",
    usage: counts ? toResponseUsage(counts) : null,
    metadata: request.metadata ?? {},
  };
}
