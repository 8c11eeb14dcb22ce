import type { Logger } from "pino";
import type { EventWriter } from "./event-writer";
import type { OpenReply } from "./open-reply";
import { toOpenaiError } from "./openai-error";

const encoder = new TextEncoder();

/**
 * A reply as the body of an event stream, one event for each part that says something. Whoever stops reading closes the
 * connection to the host. A failure on the way is told as an event, and the stream ends there.
 */
export function eventBody(
  { head, rest }: OpenReply,
  writer: EventWriter,
  asked: { requestId: string; log: Logger },
): ReadableStream<Uint8Array> {
  const fail = (error: unknown) => {
    const { status, body } = toOpenaiError(error, asked.requestId);
    asked.log.warn({ err: error, code: body.error.code, status }, "a streamed reply failed");
    void rest.cancel().catch(() => {});
    return writer.fail(body);
  };
  /** The next text to send, and whether it is the last. */
  const next = async (): Promise<{ text: string; isLast: boolean }> => {
    for (;;) {
      const { done, value } = await rest.read();
      if (done) return { text: writer.end(), isLast: true };
      if (value.type === "error") return { text: fail(value.error), isLast: true };
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
      const { text, isLast } = await next();
      if (text !== "") controller.enqueue(encoder.encode(text));
      if (isLast) controller.close();
    },
    cancel: (reason) => rest.cancel(reason),
  });
}
