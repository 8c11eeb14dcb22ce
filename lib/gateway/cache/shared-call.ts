import type { LanguageModelV4StreamResult, LanguageModelV4StreamPart as Part } from "@ai-sdk/provider";
import type { CachedCall, Opened } from "./cached-call";
import { replayAnswer } from "./replay-answer";
import { replyLog } from "./reply-log";
import { seats } from "./seats";
import { sharedMeter } from "./shared-meter";

type Journey = {
  /** Gets the call answered; asked once, for all who are aboard. */
  open: (call: CachedCall) => Promise<Opened>;
  /** Told of each who reads along with a host's reply that another began. */
  onShared: () => void;
  /** Told when a host's reply has come to its end without a break. */
  onWhole: (reply: { parts: Part[]; upstream: string; isFallback: boolean }) => void;
  /** Told once, when nobody may join any more. */
  onEnd: () => void;
};

/**
 * One call that several equal callers make together: the first begins it, the others read along from its beginning. Whoever
 * goes away leaves it to the rest; when the last one does, the connection to the host is closed.
 */
export function sharedCall(first: CachedCall, journey: Journey) {
  const counting = sharedMeter(first.modelId);
  const log = replyLog();
  const stop = new AbortController();
  const aboard = seats(counting, (reason) => {
    journey.onEnd();
    stop.abort(reason);
  });
  let opening: Promise<Opened> | undefined;

  const end = () => {
    for (const seat of aboard.taken) seat.release();
    journey.onEnd();
  };
  const begin = async (): Promise<Opened> => {
    const onQueue = (position: number) => {
      for (const { call } of aboard.taken) call.context.onQueue?.(position);
    };
    const options = { ...first.options, abortSignal: stop.signal };
    try {
      const opened = await journey.open({ ...first, context: { ...first.context, onQueue }, options, meter: counting.meter });
      if ("kept" in opened) end();
      else void copy(opened.stream);
      return opened;
    } catch (error) {
      end();
      throw error;
    }
  };
  const copy = async (stream: ReadableStream<Part>) => {
    try {
      for await (const part of stream) log.push(part);
      log.close();
      const { upstream = "none", requestedModel } = counting.facts;
      journey.onWhole({ parts: log.parts, upstream, isFallback: requestedModel !== undefined });
    } catch (reason) {
      log.close({ reason });
    }
    end();
  };
  return {
    /** Takes part in the call. @throws what the call fails with before it begins to answer · the reason of the caller's abort */
    async join(call: CachedCall): Promise<LanguageModelV4StreamResult> {
      const seat = aboard.take(call);
      opening ??= begin();
      const opened = await Promise.race([opening, abortOf(seat.left.signal)]);
      call.options.abortSignal?.throwIfAborted();
      if ("kept" in opened) return replayAnswer(opened.kept, call, opened.similarTo);
      if (!seat.isFirst) journey.onShared();
      return { ...opened, stream: log.read(seat.left.signal, (reason) => aboard.leave(seat, reason)) };
    },
  };
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
}
