import type { Logger } from "pino";
import { AppError } from "@/lib/core/errors";
import type { EventWriter } from "./event-writer";
import type { ObservedCall } from "./observe-call";
import type { OpenReply } from "./open-reply";
import { toOpenaiError } from "./openai-error";

export type BodyOptions = {
  /** Called when the reply begins, which is when it is known who writes it. */
  makeWriter: () => EventWriter;
  observed: ObservedCall;
  requestId: string;
  /** Asked for the request's log only when there is something to say: making one takes a fiftieth of a short call. */
  log: () => Logger;
};

const encoder = new TextEncoder();

/**
 * A reply as the body of an event stream, one event for each part that says something. Whoever stops reading closes the
 * connection to the host. A failure on the way is told as an event, and the stream ends there.
 */
export function eventBody({ head, rest }: OpenReply, { makeWriter, observed, requestId, log }: BodyOptions): ReadableStream<Uint8Array> {
  const writer = makeWriter();
  const fail = (error: unknown) => {
    void rest.cancel().catch(() => {});
    // Whoever went away reads no event.
    if (observed.signal.aborted && !(error instanceof AppError)) throw error;
    const { status, body } = toOpenaiError(error, requestId);
    log().warn({ err: error, code: body.error.code, status }, "a streamed reply failed");
    return writer.fail(body);
  };
  /** The next text to send, and whether it is the last. */
  const next = async (): Promise<{ text: string; isLast: boolean }> => {
    for (;;) {
      const { done, value } = await rest.read();
      if (done) return { text: writer.end(), isLast: true };
      if (value.type === "error") throw value.error;
      const text = writer.part(value);
      if (text !== "") return { text, isLast: false };
    }
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let text = writer.start();
      for (const part of head) text += writer.part(part);
      controller.enqueue(encoder.encode(text));
    },
    async pull(controller) {
      const { text, isLast } = await next().catch((error) => {
        observed.end();
        return { text: fail(error), isLast: true };
      });
      if (text !== "") controller.enqueue(encoder.encode(text));
      if (!isLast) return;
      observed.end();
      controller.close();
    },
    cancel(reason) {
      observed.end();
      return rest.cancel(reason);
    },
  });
}
