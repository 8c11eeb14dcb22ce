import type { LlamaContextSequence, Token } from "node-llama-cpp";

const targetMs = 200;
const batch = { first: 32, least: 8, most: 512 };

/**
 * Evaluates all of a prompt but its last token, in pieces of about 200 ms.
 * The library cannot stop inside a piece, so this bounds how long a stop waits on a slow machine.
 * @returns how many tokens were still evaluated from an earlier call
 * @throws the signal's reason when it is aborted
 */
export async function evaluatePrompt(sequence: LlamaContextSequence, tokens: Token[], signal: AbortSignal): Promise<number> {
  const ahead = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(ahead, false);
  const cached = sequence.nextTokenIndex;
  let size = batch.first;
  for (let at = cached; at < ahead.length; ) {
    signal.throwIfAborted();
    const piece = ahead.slice(at, at + size);
    const startedAt = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(piece);
    const fitting = Math.round((piece.length * targetMs) / (performance.now() - startedAt));
    size = Math.min(Math.max(fitting, batch.least), size * 2, batch.most);
    at += piece.length;
  }
  signal.throwIfAborted();
  return cached;
}
