import { jsonSchema, streamText, type ToolSet, tool, toUIMessageStream } from "ai";
import { z } from "zod";
import type { UiChunk } from "@/db/schema/json";
import { languageModel } from "@/lib/gateway/language-model";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import { selectTools } from "../tools/registry";

/** Tool rounds after which the model must answer with what it has. */
export const maxToolSteps = 8;

/** Whether the model's last step was a call of tools rather than an answer. */
export function wantsMore({ pending, messages }: Pick<AgentState, "pending" | "messages">): boolean {
  return pending.length > 0 || messages.at(-1)?.role === "tool";
}

/** One model step. Emits UI chunks to the run; returns the messages and the tool calls the step added. */
export async function generate(state: AgentState, config: AgentConfig): Promise<AgentUpdate> {
  const { userId, runId, conversationId, options, emit, calls, signal } = contextOf(config);
  const step = streamText({
    model: languageModel(state.model, { userId, runId, conversationId, purpose: "chat", onCall: (record) => calls.push(record) }),
    instructions: state.instructions,
    messages: state.messages,
    tools: state.steps < maxToolSteps ? declared(state.toolNames) : undefined,
    temperature: options.temperature,
    topP: options.topP,
    maxOutputTokens: options.maxTokens,
    abortSignal: signal,
    maxRetries: 0, // the gateway owns retries
    onError: () => {}, // the failure is rethrown below, where the run can tell it
  });
  await emitStep(step, emit, signal);
  const toolCalls = await step.toolCalls;
  return {
    messages: await step.responseMessages,
    pending: toolCalls.filter((call) => !call.invalid).map(({ toolCallId, toolName, input }) => ({ toolCallId, toolName, input })),
    steps: 1,
  };
}

/** Copies the step's chunks to the run. @throws what the model call failed with, or the abort's reason */
async function emitStep(step: ReturnType<typeof streamText>, emit: (chunk: UiChunk) => void, signal: AbortSignal) {
  let latest: unknown;
  const tell = (error: unknown) => {
    latest = error;
    return error instanceof Error ? error.message : String(error);
  };
  for await (const chunk of toUIMessageStream({ stream: step.stream, sendStart: false, sendFinish: false, onError: tell })) {
    // A wrong tool call is told in a chunk of its own and goes back to the model; an `error` chunk is the call's failure.
    if (chunk.type === "error") throw latest;
    if (chunk.type !== "abort") emit(chunk as UiChunk);
  }
  signal.throwIfAborted();
}

/** The tools as the model is told of them; `act` runs them, not the SDK. */
function declared(names: string[]): ToolSet | undefined {
  if (names.length === 0) return undefined;
  return Object.fromEntries(
    selectTools(names).map(({ name, description, input }) => [
      name,
      tool({ description, inputSchema: jsonSchema(z.toJSONSchema(input, { io: "input" }) as Parameters<typeof jsonSchema>[0]) }),
    ]),
  );
}
