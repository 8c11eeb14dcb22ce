import type { LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import type { CallMeter } from "./call-meter";
import type { Opened } from "./call-provider";
import { connectionError } from "./connection-error";
import { deltaMerger } from "./merge-deltas";
import { type BegunReply, emptyReply } from "./peek-reply";

/** Characters that may wait for a slow reader before the host has to; a part without text counts as a few. */
const maxWaitingChars = 250_000;
/** Twice the longest reply that any model can write. A reply is held several times over while it is made, so bytes alone are too wide a bound. */
const maxReplyChars = 1_000_000;
const sizeOf = (part: Part) => 64 + ("delta" in part ? part.delta.length : 0);

/**
 * A reply that has begun, as callers read it: deltas merged, the call's record settled before the end.
 * A failure is an `error` part with a ModelError after everything that came, then a `finish`; an abort by the caller fails
 * the stream with the abort's reason.
 */
export function readReply({ attempt, begun }: Opened, meter: CallMeter): ReadableStream<Part> {
  let onRoom: (() => void) | undefined;
  let isCancelled = false;

  const pump = async (controller: ReadableStreamDefaultController<Part>) => {
    const merger = deltaMerger((part) => isCancelled || controller.enqueue(part));
    const finish = await copyParts(begun, { attempt, meter, merger, waitForRoom: () => waitForRoom(controller) });
    attempt.settle();
    if (isCancelled || (attempt.signal.aborted && !attempt.failure)) {
      merger.drop();
      meter.settle({ outcome: "stopped" });
      if (!isCancelled) controller.error(attempt.signal.reason);
      return;
    }
    merger.flush();
    if (!meter.hasContent()) attempt.failure ??= emptyReply(attempt, finish.finishReason);
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
async function copyParts({ head, reader }: BegunReply, { attempt, meter, merger, waitForRoom }: Copying): Promise<Finish> {
  let finish = noFinish;
  let chars = 0;
  if (attempt.isWhole) meter.onWhole();
  try {
    for (const part of head) {
      meter.onPart(part);
      chars += charsOf(part);
      merger.push(part);
    }
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const part = read.value;
      attempt.timers.onBytes();
      meter.onPart(part);
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
