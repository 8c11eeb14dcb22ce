import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import { frameMerger } from "./frame-merger";

/** What waits for a frame's end is not seen by the reader's bounds, so it has one of its own. */
const maxMergedChars = 16_384;

type Delta = Extract<Part, { type: "text-delta" | "reasoning-delta" | "tool-input-delta" }>;

/** Merges the deltas of one block that arrive within one frame. Every other part keeps its place. */
export function deltaMerger(emit: (part: Part) => void) {
  const { add, settle, flush, drop } = frameMerger<Part>({ emit, canWait: isPlainDelta, join });
  const push = (part: Part) => {
    add(part);
    settle();
  };
  return { push, flush, drop };
}

const isDelta = (part: Part): part is Delta =>
  part.type === "text-delta" || part.type === "reasoning-delta" || part.type === "tool-input-delta";

/** Metadata on a delta (a signature) belongs to that delta alone. */
const isPlainDelta = (part: Part) => isDelta(part) && !part.providerMetadata;

function join(earlier: Part, later: Part): Part | undefined {
  if (!isDelta(earlier) || !isDelta(later) || earlier.type !== later.type || earlier.id !== later.id) return undefined;
  return earlier.delta.length < maxMergedChars ? { ...earlier, delta: earlier.delta + later.delta } : undefined;
}
