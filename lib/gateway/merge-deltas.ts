import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";

/** One frame of a display at 60 Hz: what arrives within it cannot be seen apart. */
const frameMs = 16;
/** What waits for a frame's end is not seen by the reader's bounds, so it has one of its own. */
const maxMergedChars = 16_384;

type Delta = Extract<Part, { type: "text-delta" | "reasoning-delta" | "tool-input-delta" }>;

/**
 * Merges deltas that arrive within one frame. The first goes out at once, as does any after a quiet frame; the others wait
 * for the frame's end, at most 16 ms. Every other part flushes what waits and keeps its place.
 */
export function deltaMerger(emit: (part: Part) => void) {
  let lastSentAt = Number.NEGATIVE_INFINITY;
  let waiting: Delta | undefined;
  let timer: NodeJS.Timeout | undefined;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (!waiting) return;
    const part = waiting;
    waiting = undefined;
    lastSentAt = performance.now();
    emit(part);
  };
  const add = (delta: Delta) => {
    if (waiting && (waiting.type !== delta.type || waiting.id !== delta.id)) flush();
    if (waiting) {
      waiting.delta += delta.delta;
      if (waiting.delta.length >= maxMergedChars) flush();
      return;
    }
    waiting = { ...delta };
    const leftMs = frameMs - (performance.now() - lastSentAt);
    if (leftMs <= 0) flush();
    else timer ??= setTimeout(flush, leftMs);
  };
  return {
    push(part: Part) {
      const isDelta = part.type === "text-delta" || part.type === "reasoning-delta" || part.type === "tool-input-delta";
      // Metadata on a delta (a signature) belongs to that delta alone.
      if (isDelta && !part.providerMetadata) return add(part);
      flush();
      emit(part);
    },
    flush,
    /** Forgets what waits, when nobody reads any more. */
    drop() {
      clearTimeout(timer);
      waiting = undefined;
    },
  };
}
