import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import type { CallMeter } from "./call-meter";
import { connectionError } from "./connection-error";
import { deltaMerger } from "./merge-deltas";

/** Characters that may wait for a slow reader before the host has to; a part without text counts as a few. */
const maxWaitingChars = 250_000;
/** Twice the longest reply that any model can write. A reply is held several times over while it is made, so bytes alone are too wide a bound. */
const maxReplyChars = 1_000_000;
const sizeOf = (part: Part) => 64 + ("delta" in part ? part.delta.length : 0);

/**
 * A reply as callers read it: deltas merged, the call's record settled before the end.
 * A failure is an `error` part with a ModelError after everything that came, then a `finish`; an abort by the caller fails
 * the stream with the abort's reason.
 */
export function readReply(parts: ReadableStream<Part>, attempt: Attempt, meter: CallMeter): ReadableStream<Part> {
  const reader = parts.getReader();
  let onRoom: (() => void) | undefined;
  let isCancelled = false;

  const pump = async (controller: ReadableStreamDefaultController<Part>) => {
    const merger = deltaMerger((part) => isCancelled || controller.enqueue(part));
    const finish = await copyParts(reader, { attempt, meter, merger, waitForRoom: () => waitForRoom(controller) });
    attempt.settle();
    if (isCancelled || (attempt.signal.aborted && !attempt.failure)) {
      merger.drop();
      meter.settle({ outcome: "stopped" });
      if (!isCancelled) controller.error(attempt.signal.reason);
      return;
    }
    merger.flush();
    if (!meter.hasContent) attempt.failure ??= emptyReply(attempt, finish.finishReason.raw);
    meter.settle(attempt.failure ? { outcome: "failed", failure: attempt.failure } : { outcome: "complete" });
    if (attempt.failure) controller.enqueue({ type: "error", error: attempt.failure });
    controller.enqueue(attempt.failure ? { ...finish, finishReason: { unified: "error", raw: undefined } } : finish);
    controller.close();
  };
  const waitForRoom = (controller: ReadableStreamDefaultController<Part>) => {
    if (attempt.signal.aborted || (controller.desiredSize ?? 0) > 0) return undefined;
    attempt.pause = new Promise<void>((resolve) => {
      onRoom = () => {
        attempt.pause = undefined;
        resolve();
      };
    });
    return attempt.pause;
  };
  return new ReadableStream<Part>(
    {
      start(controller) {
        // An aborted call ends also when nobody reads.
        attempt.signal.addEventListener("abort", () => onRoom?.(), { once: true });
        void pump(controller);
      },
      pull: () => onRoom?.(),
      cancel(reason) {
        isCancelled = true;
        attempt.abort(reason);
      },
    },
    { highWaterMark: maxWaitingChars, size: sizeOf },
  );
}

type Finish = Extract<Part, { type: "finish" }>;
type Copying = { attempt: Attempt; meter: CallMeter; merger: ReturnType<typeof deltaMerger>; waitForRoom: () => Promise<void> | undefined };

const noFinish: Finish = {
  type: "finish",
  finishReason: { unified: "other", raw: undefined },
  usage: {
    inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: undefined, text: undefined, reasoning: undefined },
  },
};

/** Passes parts on until they end; never throws. Gives the finish, which has to wait for the verdict on the whole. */
async function copyParts(reader: ReadableStreamDefaultReader<Part>, { attempt, meter, merger, waitForRoom }: Copying): Promise<Finish> {
  let finish = noFinish;
  let chars = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const part = read.value;
      attempt.timers.onBytes();
      meter.onPart(part);
      if (meter.hasContent && !attempt.hasContent) {
        attempt.hasContent = true;
        attempt.timers.onFirstToken();
      }
      chars += charsOf(part);
      if (chars > maxReplyChars) {
        attempt.fail(tooLong(attempt));
        return finish;
      }
      if (part.type === "finish") finish = part;
      else if (part.type !== "error") merger.push(part);
      // After an abort, what a provider makes of the torn stream is no failure of the host.
      else if (!attempt.signal.aborted) attempt.failure ??= connectionError(part.error, attempt.target);
      await waitForRoom();
    }
  } catch (error) {
    if (!attempt.signal.aborted) attempt.failure ??= connectionError(error, attempt.target);
  }
  return finish;
}

function charsOf(part: Part): number {
  if (part.type === "tool-call") return part.input.length;
  return "delta" in part ? part.delta.length : 0;
}

function tooLong({ target }: Attempt) {
  return callError("bad_reply", `${hostLabel(target.upstream)} sent a reply longer than ${maxReplyChars.toLocaleString("en")} characters.`);
}

function emptyReply({ target }: Attempt, reason: string | undefined) {
  return callError(
    "bad_reply",
    `${hostLabel(target.upstream)} ended ${target.modelName}'s reply without a word${reason ? ` (the reason it gave: ${reason.slice(0, 40)})` : ""}.`,
  );
}
