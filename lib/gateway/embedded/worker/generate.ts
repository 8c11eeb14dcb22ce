import type {
  ChatHistoryItem,
  GbnfJsonSchema,
  LLamaChatGenerateResponseOptions,
  LlamaChatResponseChunk,
  LlamaGrammar,
} from "node-llama-cpp";
import type { ChatTurn, Delta, Generated, GenerateRequest } from "../protocol.ts";
import { chatSlots, pickSlot } from "./chat-slots.ts";
import { deltaBatch } from "./delta-batch.ts";
import { evaluatePrompt } from "./evaluate-prompt.ts";
import { JobError } from "./job-error.ts";
import type { LoadedModel } from "./load-model.ts";

/** Tokens that a chat template may add around a reply. */
const spareTokens = 8;

type Sink = { signal: AbortSignal; onDeltas: (deltas: Delta[]) => void };

/**
 * Writes one reply, handing its pieces to `onDeltas`.
 * The context is never shifted: a prompt that does not fit is refused, a reply that fills it ends as `length`.
 * @throws JobError `context_too_long` or `bad_schema`; the signal's reason when it is aborted
 */
export async function generate(loaded: LoadedModel, request: GenerateRequest, { signal, onDeltas }: Sink): Promise<Generated> {
  const { wrapper, slots } = await chatSlots(loaded);
  const history = toHistory(request.turns);
  const tokens = wrapper.generateContextState({ chatHistory: history }).contextText.tokenize(loaded.model.tokenizer);
  const slot = pickSlot(slots, tokens);
  const room = slot.sequence.contextSize - tokens.length - spareTokens;
  if (room < 1)
    throw new JobError(
      "context_too_long",
      `The conversation has ${tokens.length} tokens; the embedded model takes ${slot.sequence.contextSize - spareTokens}.`,
    );

  const grammar = await grammarFor(loaded, request);
  const cachedTokens = await evaluatePrompt(slot.sequence, tokens, signal);
  const meter = slot.sequence.tokenMeter.getState();
  const batch = deltaBatch(onDeltas);
  let reasoningTokens = 0;
  const onResponseChunk = (chunk: LlamaChatResponseChunk) => {
    const isReasoning = chunk.segmentType === "thought";
    if (isReasoning) reasoningTokens += chunk.tokens.length;
    if (isReasoning || chunk.segmentType === undefined) batch.add(isReasoning ? "reasoning" : "text", chunk.text);
  };
  const { metadata } = await slot.chat.generateResponse(history, {
    ...toOptions(request, grammar),
    signal,
    maxTokens: Math.min(request.maxTokens ?? room, room),
    onResponseChunk,
  });
  batch.flush();
  const outputTokens = slot.sequence.tokenMeter.diff(meter).usedOutputTokens;
  return {
    finish: metadata.stopReason === "maxTokens" ? "length" : "stop",
    inputTokens: tokens.length,
    cachedTokens,
    outputTokens,
    reasoningTokens,
  };
}

function toHistory(turns: ChatTurn[]): ChatHistoryItem[] {
  const history = turns.map(
    ({ role, text }): ChatHistoryItem =>
      role === "assistant" ? { type: "model", response: text === "" ? [] : [text] } : { type: role, text },
  );
  if (history.at(-1)?.type !== "model") history.push({ type: "model", response: [] });
  return history;
}

/** @throws JobError `bad_schema` when the library cannot make a grammar of it, as of a reference that leads only to itself */
async function grammarFor({ model }: LoadedModel, { json }: GenerateRequest): Promise<LlamaGrammar | undefined> {
  if (!json?.schema) return json && model.llama.getGrammarFor("json");
  try {
    return await model.llama.createGrammarForJsonSchema<GbnfJsonSchema, Record<string, GbnfJsonSchema>>(json.schema);
  } catch (error) {
    throw new JobError(
      "bad_schema",
      `The embedded model cannot be held to this JSON schema: ${error instanceof Error ? error.message : error}.`,
    );
  }
}

function toOptions(request: GenerateRequest, grammar: LlamaGrammar | undefined): LLamaChatGenerateResponseOptions {
  const { temperature, topP, topK, seed, presencePenalty, frequencyPenalty } = request.sampling;
  return {
    temperature,
    topP,
    topK,
    seed,
    grammar,
    customStopTriggers: request.stop,
    // JSON repeats its own punctuation and names, which a penalty would forbid.
    repeatPenalty: grammar ? false : { presencePenalty, frequencyPenalty },
    ...((grammar || !request.thinking) && { budgets: { thoughtTokens: 0 } }),
  };
}
