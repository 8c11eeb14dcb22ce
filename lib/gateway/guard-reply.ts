import type { Readable } from "node:stream";
import type { ModelError } from "@/lib/core/errors";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";
import { beginFrames } from "./frame";
import { frameMerger } from "./frame-merger";
import { spokenError } from "./status-error";
import { EventSplitter } from "./wire/event-splitter";
import type { Seen, WireFormat } from "./wire/wire-format";

const encoder = new TextEncoder();
const maxEventChars = 1024 * 1024;
const maxReplyBytes = 64 * 1024 * 1024;
/** Of events that are joined to one, at most: what waits for a frame's end is not seen by the reader's bounds. */
const maxJoinedChars = 65_536;
/** How long bytes may go on when the reply is whole. A host that announced more than it sends would be waited for in vain. */
const afterEndMs = 2_000;

/** An event as it came, or, with no text of its own, what several were joined to. */
type WireEvent = { text?: string; json: unknown; isWords: boolean; chars: number };

/**
 * Passes on a host's events while it keeps to the protocol, those that carry only words joined by frames, before any
 * package has to look at each. The first breach (an endless line, too many bytes, something unreadable, an error in place of
 * a reply, an end without the end marker) becomes the attempt's failure, and the events end there: what came before is kept.
 */
export function guardReply(body: Readable, wire: WireFormat, attempt: Attempt): ReadableStream<Uint8Array> {
  const watch = replyWatch(wire, attempt);
  let afterEnd: NodeJS.Timeout | undefined;
  let isOver = false;
  const endFrames = beginFrames();

  const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const merger = frameMerger<WireEvent>({
      emit: (event) => isOver || controller.enqueue(encoder.encode(framed(event, wire))),
      canWait: ({ isWords }) => isWords,
      join(earlier, later) {
        const chars = earlier.chars + later.chars;
        if (chars > maxJoinedChars || !wire.join?.(earlier.json, later.json)) return undefined;
        return { json: earlier.json, isWords: true, chars };
      },
    });
    const finish = (failure: ModelError | undefined) => {
      if (isOver) return;
      merger.flush();
      isOver = true;
      endFrames();
      if (failure) attempt.fail(failure);
      attempt.timers.stop();
      controller.close();
    };
    // After an abort by the caller there is no failure to tell; after a timer's, it is set already; and past the end marker nothing is missing.
    const breakOff = (error?: unknown) => finish(attempt.signal.aborted || watch.hasEnded() ? undefined : brokenOff(error, attempt));
    body.on("data", (piece: Uint8Array) => {
      if (isOver) return;
      attempt.timers.onBytes();
      const failure = watch.push(piece, merger.add);
      if (failure) return finish(failure);
      merger.settle();
      if (watch.hasEnded() && !afterEnd) {
        // What may still come is not waited for as a reply is: no silence after its end is a failure.
        attempt.timers.stop();
        afterEnd = setTimeout(() => body.destroy(), afterEndMs);
      }
      if (watch.isLast()) return finish(undefined);
      if (attempt.pause) holdBack(body, attempt.pause);
    });
    body.on("end", () => finish(watch.end(merger.add)));
    body.on("error", breakOff);
    body.on("close", () => {
      clearTimeout(afterEnd);
      breakOff();
    });
  };
  const cancel = () => {
    isOver = true;
    clearTimeout(afterEnd);
    endFrames();
    body.destroy();
  };
  return new ReadableStream<Uint8Array>({ start, cancel });
}

/** Takes nothing from the host until the reader has room. Not by the stream's own means: a provider package may read on without being asked. */
function holdBack(body: Readable, pause: Promise<void>): void {
  body.pause();
  void pause.then(() => body.resume());
}

/** Reads along with a reply and tells what is wrong with it. */
function replyWatch(wire: WireFormat, attempt: Attempt) {
  const { target } = attempt;
  const who = hostLabel(target.upstream);
  const splitter = new EventSplitter(wire.framing, maxEventChars);
  const bad = (what: string) => callError("bad_reply", `${who} ${what}`);
  let bytes = 0;
  let events = 0;
  let hasEnded = false;
  let isLast = false;

  const look = (text: string, pass: (event: WireEvent) => void): ModelError | undefined => {
    const read = readEvent(text, wire);
    if (!read) return bad(`sent something that ${target.modelName} cannot have written: it does not keep to the protocol.`);
    const { json, seen } = read;
    events++;
    if (seen.error !== undefined) return spokenError(seen.error, target, attempt.hasContent);
    if (seen.hasContent && !attempt.hasContent) {
      attempt.hasContent = true;
      attempt.timers.onFirstToken();
    }
    hasEnded ||= seen.isEnd ?? false;
    isLast ||= seen.isLast ?? false;
    pass({ text, json, isWords: wire.join !== undefined && (seen.isWords ?? false), chars: text.length });
    return undefined;
  };
  return {
    hasEnded: () => hasEnded,
    isLast: () => isLast,
    /** Looks at a piece of the reply, and passes on the events that it completes up to the first breach. */
    push(piece: Uint8Array, pass: (event: WireEvent) => void): ModelError | undefined {
      bytes += piece.byteLength;
      if (bytes > maxReplyBytes) return bad(`sent more than ${maxReplyBytes / 1024 / 1024} MiB in one reply.`);
      try {
        for (const text of splitter.push(piece)) {
          const failure = look(text, pass);
          if (failure) return failure;
        }
        return undefined;
      } catch {
        return bad(`sent a line longer than ${maxEventChars / 1024 / 1024} MiB.`);
      }
    },
    end(pass: (event: WireEvent) => void): ModelError | undefined {
      const rest = splitter.end();
      const failure = rest === undefined ? undefined : look(rest, pass);
      // Half an event at the end is a broken connection, not a broken protocol.
      if (failure && failure.reason !== "bad_reply") return failure;
      if (!hasEnded && events > 0) return callError("broke_off", `${who} ended ${target.modelName}'s reply without its end marker.`);
      if (!hasEnded) return bad("ended the reply before it sent anything that can be read.");
      return undefined;
    },
  };
}

function framed({ text, json }: WireEvent, { framing }: WireFormat): string {
  const whole = text ?? JSON.stringify(json);
  return framing === "lines" ? `${whole}\n` : `data: ${whole.replaceAll("\n", "\ndata: ")}\n\n`;
}

function readEvent(text: string, wire: WireFormat): { json?: unknown; seen: Seen } | undefined {
  if (text === wire.endText) return { seen: { isEnd: true, isLast: true } };
  try {
    const json: unknown = JSON.parse(text);
    return { json, seen: wire.read(json) };
  } catch {
    return undefined;
  }
}

function brokenOff(error: unknown, { target, hasContent }: Attempt): ModelError {
  if (!hasContent) return connectionError(error, target);
  return callError(
    "broke_off",
    `The connection to ${hostLabel(target.upstream)} broke in the middle of ${target.modelName}'s reply.`,
    error,
  );
}
