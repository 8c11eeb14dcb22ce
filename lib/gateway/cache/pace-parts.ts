import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";

/** About 300 tokens a second, as a fast host writes. */
const charsPerMs = 1.2;
/** Nobody waits longer than this for an answer that is there. */
const mostMs = 2_000;
/** One frame of a display: pieces that are closer cannot be seen apart. */
const frameMs = 16;
/** A piece ends with a word, unless the word is longer than this. */
const longestWord = 32;

/** A part of a reply and when it is due, in milliseconds after the first. */
export type PacedPart = { part: Part; dueMs: number };

/** A kept reply's parts cut into pieces as a model would write them: the first is due at once, the last after two seconds at most. */
export function paceParts(parts: Part[]): PacedPart[] {
  const chars = parts.reduce((sum, part) => sum + ("delta" in part ? part.delta.length : 0), 0);
  const totalMs = Math.min(mostMs, chars / charsPerMs);
  const step = Math.max(1, Math.ceil((chars * frameMs) / Math.max(totalMs, frameMs)));
  const paced: PacedPart[] = [];
  let written = 0;
  for (const part of parts) {
    for (const piece of "delta" in part && part.delta !== "" ? cut(part, step) : [part]) {
      paced.push({ part: piece, dueMs: chars > 0 ? (written / chars) * totalMs : 0 });
      if ("delta" in piece) written += piece.delta.length;
    }
  }
  return paced;
}

function cut<P extends Part & { delta: string }>(part: P, step: number): P[] {
  const pieces: P[] = [];
  for (let from = 0; from < part.delta.length; ) {
    const to = pieceEnd(part.delta, from + step);
    pieces.push({ ...part, delta: part.delta.slice(from, to) });
    from = to;
  }
  return pieces;
}

/** Where the word ends that is being written at a place. Never within a surrogate pair. */
function pieceEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(at, at + longestWord).search(/\s/);
  if (space >= 0) return at + space + 1;
  const isWithinPair = /[\udc00-\udfff]/.test(text.charAt(at));
  return text.length - at <= longestWord ? text.length : at + (isWithinPair ? 1 : 0);
}
