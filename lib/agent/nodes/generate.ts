import { streamText, toUIMessageStream } from "ai";
import type { UiChunk } from "@/db/schema/json";
import type { CallContext } from "@/lib/gateway/call-record";
import { languageModel } from "@/lib/gateway/language-model";
import { estimateTokens } from "@/lib/gateway/token-estimate";
import { fitMessages } from "../fit-messages";
import { noteBudgets } from "../note-budgets";
import type { AgentContext } from "../run-input";
import { type AgentConfig, type AgentState, type AgentUpdate, contextOf } from "../state";
import { declareTools, describeTools } from "../tools/declare-tools";
import { freeTokensOf } from "../window";

/** Tool rounds after which the model must answer with what it has. */
export const maxToolSteps = 8;

/** Whether the model's last step was a call of tools rather than an answer. */
export function wantsMore({ pending, messages }: Pick<AgentState, "pending" | "messages">): boolean {
  return pending.length > 0 || messages.at(-1)?.role === "tool";
}

/** One model step. Emits UI chunks to the run; returns the messages and the tool calls the step added. */
export async function generate(state: AgentState, config: AgentConfig): Promise<AgentUpdate> {
  const context = contextOf(config);
  const { userId, key, runId, conversationId, options, purpose = "chat", emit, span, calls, begun, decided, signal } = context;
  const call: CallContext = {
    userId,
    key,
    runId,
    conversationId,
    span,
    purpose,
    cache: cacheUse(context),
    fallbacks: decided.fallbacks,
    onAdmit: ({ warnings }) => noteBudgets(userId, warnings, emit),
    onQueue: (position) => emit({ type: "data-queue", data: position, transient: true }),
    onAnswer: ({ model, requestedModel, similarTo }) => {
      if (requestedModel) {
        emit({ type: "data-note", data: insteadNote(requestedModel, model) });
        const { route } = decided;
        if (route?.model === requestedModel) decided.route = { ...route, model, why: `${route.why}; it did not answer, ${model} did` };
      }
      if (similarTo !== undefined) emit({ type: "data-similar", data: similarTo });
    },
    onCall: (record) => calls.push(record),
  };
  const toolNames = state.steps < maxToolSteps ? state.toolNames : [];
  const { messages, notes } = fitStep(state, { toolNames, maxReplyTokens: options.maxTokens });
  for (const note of notes) emit({ type: "data-note", data: note });
  const step = streamText({
    model: languageModel(state.model, call),
    instructions: state.instructions,
    messages,
    tools: declareTools(toolNames),
    temperature: options.temperature,
    topP: options.topP,
    maxOutputTokens: options.maxTokens,
    abortSignal: signal,
    maxRetries: 0, // the gateway owns retries
    telemetry: { isEnabled: false }, // the gateway records calls, and copies of prompts for nobody cost time
    onError: () => {}, // the failure is rethrown below, where the run can tell it
  });
  const emitted = emitStep(step, emit, signal);
  begun.push(emitted);
  await emitted;
  const toolCalls = await step.toolCalls;
  const finishReason = await step.finishReason;
  return {
    messages: await step.responseMessages,
    pending: toolCalls.filter((call) => !call.invalid).map(({ toolCallId, toolName, input }) => ({ toolCallId, toolName, input })),
    steps: 1,
    notes,
    ending: finishReason === "length" || finishReason === "content-filter" ? finishReason : "whole",
  };
}

/** Nothing of a temporary chat may be kept. */
function cacheUse({ isTemporary, isFresh }: Pick<AgentContext, "isTemporary" | "isFresh">): CallContext["cache"] {
  if (isTemporary) return "off";
  return isFresh ? "skip" : "use";
}

const insteadNote = (requested: string, model: string) => `${requested} did not answer; ${model} did instead.`;

/** The step's messages as they fit into the context, and what the reader is to know of that. */
function fitStep(state: AgentState, { toolNames, maxReplyTokens }: { toolNames: string[]; maxReplyTokens?: number }) {
  const { instructions, contextTokens } = state;
  const countTokens = (text: string) => estimateTokens(text, state.model);
  const free = freeTokensOf({ contextTokens, instructions, tools: describeTools(toolNames), maxReplyTokens }, countTokens);
  const { messages, shortenedResults, leftOutMessages } = fitMessages(state.messages, free, countTokens);
  const context = `this model's context of ${contextTokens.toLocaleString("en")} tokens is full`;
  const notes = [
    ...(shortenedResults > 0 ? [`Results of tools were shortened for the model: ${context}.`] : []),
    ...(leftOutMessages > 0 ? [`Older messages were left out while tools were used: ${context}.`] : []),
  ];
  return { messages, notes: notes.filter((note) => !state.notes.includes(note)) };
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
