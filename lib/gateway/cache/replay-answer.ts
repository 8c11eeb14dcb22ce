import { setTimeout as sleep } from "node:timers/promises";
import type { LanguageModelV4StreamResult, LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { CallMeter } from "../call-meter";
import { countCacheUse } from "./cache-counts";
import type { CachedCall, KeptAnswer } from "./cached-call";
import { paceParts } from "./pace-parts";
import { countHit } from "./stored-answers";

/**
 * Answers a call with what is kept: to a reader at the pace of a fast model, to a program that waits for the whole all at once.
 * @param similarTo the question that it was the answer to, when it was another
 */
export function replayAnswer(kept: KeptAnswer, { context, options, meter }: CachedCall, similarTo?: string): LanguageModelV4StreamResult {
  meter.note({ upstream: kept.upstream, cache: similarTo === undefined ? "hit" : "similar", attempts: 0 });
  countHit(kept.key);
  countCacheUse(kept.model, "hits");
  meter.onAnswer(0, similarTo);
  return { stream: context.isCollected ? wholeStream(kept.parts, meter) : pacedStream(kept.parts, meter, options.abortSignal) };
}

/** Tells the meter of a part, and that the reply is whole before its end is read. */
function tell(meter: CallMeter, part: Part): void {
  meter.onPart(part);
  if (part.type === "finish") meter.settle({ outcome: "complete" });
}

function wholeStream(parts: Part[], meter: CallMeter): ReadableStream<Part> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) {
        tell(meter, part);
        controller.enqueue(part);
      }
      controller.close();
    },
  });
}

function pacedStream(parts: Part[], meter: CallMeter, caller: AbortSignal | undefined): ReadableStream<Part> {
  const paced = paceParts(parts);
  const reader = new AbortController();
  const signal = caller ? AbortSignal.any([caller, reader.signal]) : reader.signal;
  const startedAt = performance.now();
  // Also when nobody reads on.
  signal.addEventListener("abort", () => meter.settle({ outcome: "stopped" }), { once: true });
  let at = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const next = paced[at++];
        if (!next) return controller.close();
        const waitMs = next.dueMs - (performance.now() - startedAt);
        if (waitMs > 1) await sleep(waitMs, undefined, { signal }).catch(() => {});
        if (reader.signal.aborted) return;
        if (signal.aborted) return controller.error(signal.reason);
        tell(meter, next.part);
        controller.enqueue(next.part);
      },
      cancel: (reason) => reader.abort(reason),
    },
    { highWaterMark: 0 },
  );
}
