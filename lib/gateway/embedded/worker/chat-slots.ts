import type { ChatWrapper, LlamaChat, LlamaContextSequence, LlamaModel, Token } from "node-llama-cpp";
import type { Library, LoadedModel } from "./load-model.ts";

export type ChatSlot = { sequence: LlamaContextSequence; chat: LlamaChat; usedAt: number };
export type ChatSlots = { wrapper: ChatWrapper; slots: ChatSlot[] };

/** The model's chat contexts: two where memory allows, so that a title does not push a chat's evaluated prompt out. */
export function chatSlots(loaded: LoadedModel): Promise<ChatSlots> {
  loaded.chat ??= makeSlots(loaded);
  return loaded.chat;
}

async function makeSlots({ library, model, settings }: LoadedModel): Promise<ChatSlots> {
  const contextTokens = Math.min(model.trainContextSize ?? settings.maxContextTokens, settings.maxContextTokens);
  const count = fitsTwice(model, contextTokens) ? 2 : 1;
  const context = await model.createContext({ contextSize: { max: contextTokens }, sequences: count, threads: settings.threads });
  const wrapper = resolveWrapper(library, model);
  const slots = Array.from({ length: count }, () => {
    const sequence = context.getSequence();
    return { sequence, chat: new library.LlamaChat({ contextSequence: sequence, chatWrapper: wrapper }), usedAt: 0 };
  });
  return { wrapper, slots };
}

/** The chat template that the GGUF carries: the library's own wrapper where it renders the same, else the Jinja template as it is. */
function resolveWrapper(library: Library, model: LlamaModel): ChatWrapper {
  return library.resolveChatWrapper(model, { warningLogs: false });
}

function fitsTwice(model: LlamaModel, contextSize: number): boolean {
  const needed = model.fileInsights.estimateContextResourceRequirements({ contextSize, modelGpuLayers: 0, sequences: 2 });
  return needed.cpuRam < process.availableMemory() / 2;
}

/**
 * The slot that loses least by taking this prompt: one that the prompt goes on from, else the one unused for longest.
 * A shared system prompt alone is no reason to overwrite another chat's longer state.
 */
export function pickSlot(slots: ChatSlot[], tokens: Token[]): ChatSlot {
  const goesOn = slots.find(({ sequence }) => {
    const kept = sequence.compareContextTokens(tokens).firstDifferentIndex;
    return kept > 0 && kept >= sequence.nextTokenIndex / 2;
  });
  const picked = goesOn ?? slots.toSorted((a, b) => a.usedAt - b.usedAt)[0];
  if (!picked) throw new Error("The model has no chat context.");
  picked.usedAt = performance.now();
  return picked;
}
