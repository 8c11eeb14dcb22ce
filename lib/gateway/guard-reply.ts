import type { Readable } from "node:stream";
import type { ModelError } from "@/lib/core/errors";
import type { Attempt } from "./attempt";
import { callError, hostLabel } from "./call-error";
import { connectionError } from "./connection-error";
import { spokenError } from "./status-error";
import { eventSplitter } from "./wire/event-splitter";
import type { Seen, WireFormat } from "./wire/wire-format";

const maxEventBytes = 1024 * 1024;
const maxReplyBytes = 64 * 1024 * 1024;
/** How long after the reply's end marker its bytes may go on. A host that announced more than it sends would be waited for in vain. */
const afterEndMs = 2_000;

/**
 * Passes on a host's reply byte by byte while it keeps to the protocol. The first breach (an endless line, too many bytes,
 * something unreadable, an error in place of a reply, an end without the end marker) becomes the attempt's
 * failure, and the bytes end there: what came before is kept.
 */
export function guardReply(body: Readable, wire: WireFormat, attempt: Attempt): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
  const watch = replyWatch(wire, attempt);
  const finish = (controller: ReadableStreamDefaultController, failure: ModelError | undefined) => {
    if (failure) attempt.fail(failure);
    attempt.timers.stop();
    controller.close();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          // Here and not by the stream's own means: a provider package may read on without being asked.
          await attempt.pause;
          const { done, value } = await (watch.hasEnded ? nextSoon(pieces, body) : pieces.next());
          if (done) return finish(controller, watch.end());
          attempt.timers.onBytes();
          const { goodBytes, failure } = watch.push(value);
          if (goodBytes > 0) controller.enqueue(goodBytes === value.byteLength ? value : value.subarray(0, goodBytes));
          if (failure) finish(controller, failure);
        } catch (error) {
          // After an abort by the caller there is no failure to tell; after a timer's, it is set already; and past the end marker nothing is missing.
          finish(controller, attempt.signal.aborted || watch.hasEnded ? undefined : brokenOff(error, attempt));
        }
      },
      cancel: () => void body.destroy(),
    },
    { highWaterMark: 0 },
  );
}

/** Reads along with a reply and tells what is wrong with it. */
function replyWatch(wire: WireFormat, attempt: Attempt) {
  const { target } = attempt;
  const who = hostLabel(target.upstream);
  const splitter = eventSplitter(wire.framing, maxEventBytes);
  const bad = (what: string) => callError("bad_reply", `${who} ${what}`);
  let bytes = 0;
  let events = 0;
  let hasEnded = false;

  const look = (text: string): ModelError | undefined => {
    const seen = readEvent(text, wire);
    if (!seen) return bad(`sent something that ${target.modelName} cannot have written: it does not keep to the protocol.`);
    events++;
    if (seen.error !== undefined) return spokenError(seen.error, target, attempt.hasContent);
    if (seen.hasContent && !attempt.hasContent) {
      attempt.hasContent = true;
      attempt.timers.onFirstToken();
    }
    hasEnded ||= seen.isEnd ?? false;
    return undefined;
  };
  return {
    get hasEnded() {
      return hasEnded;
    },
    /** Looks at a piece of the reply. `goodBytes` may be passed on. */
    push(piece: Uint8Array): { goodBytes: number; failure?: ModelError } {
      bytes += piece.byteLength;
      if (bytes > maxReplyBytes) return { goodBytes: 0, failure: bad(`sent more than ${maxReplyBytes / 1024 / 1024} MiB in one reply.`) };
      try {
        for (const { text, startsAt } of splitter.push(piece)) {
          const failure = look(text);
          if (failure) return { goodBytes: startsAt, failure };
        }
        return { goodBytes: piece.byteLength };
      } catch {
        return { goodBytes: 0, failure: bad(`sent a line longer than ${maxEventBytes / 1024 / 1024} MiB.`) };
      }
    },
    end(): ModelError | undefined {
      const rest = splitter.end();
      const failure = rest === undefined ? undefined : look(rest);
      // Half an event at the end is a broken connection, not a broken protocol.
      if (failure && failure.reason !== "bad_reply") return failure;
      if (!hasEnded && events > 0) return callError("broke_off", `${who} ended ${target.modelName}'s reply without its end marker.`);
      if (!hasEnded) return bad("ended the reply before it sent anything that can be read.");
      return undefined;
    },
  };
}

/** Reads on after the end marker: what does not come soon does not come, and the connection is closed. */
async function nextSoon(pieces: AsyncIterator<Uint8Array>, body: Readable): Promise<IteratorResult<Uint8Array>> {
  const timer = setTimeout(() => body.destroy(), afterEndMs);
  return pieces.next().finally(() => clearTimeout(timer));
}

function readEvent(text: string, wire: WireFormat): Seen | undefined {
  if (text === wire.endText) return { isEnd: true };
  try {
    return wire.read(JSON.parse(text));
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
