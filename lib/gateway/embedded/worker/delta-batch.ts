import type { Delta } from "../protocol.ts";

/** Tokens that come within one display frame travel in one message. */
const frameMs = 16;

/** Collects pieces of a reply and hands them on at most once a frame; the first at once. */
export function deltaBatch(onDeltas: (deltas: Delta[]) => void) {
  let pending: Delta[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flushedAt = Number.NEGATIVE_INFINITY;

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (pending.length === 0) return;
    flushedAt = performance.now();
    onDeltas(pending);
    pending = [];
  };
  const add = (kind: Delta["kind"], text: string) => {
    if (text === "") return;
    const last = pending.at(-1);
    if (last?.kind === kind) last.text += text;
    else pending.push({ kind, text });
    const waitMs = frameMs - (performance.now() - flushedAt);
    if (waitMs <= 0) flush();
    else timer ??= setTimeout(flush, waitMs);
  };
  return { add, flush };
}
