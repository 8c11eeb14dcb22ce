import { keepAliveMs } from "@/lib/http/event-stream";

const waiting = new TextEncoder().encode(": waiting\n\n");

/** The body of an event stream that is still to come: until then a comment, at once and every 15 seconds. `onGone` is told when the reader leaves before. */
export function waitingBody(coming: Promise<ReadableStream<Uint8Array>>, onGone: (reason: unknown) => void): ReadableStream<Uint8Array> {
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let keepAlive: NodeJS.Timeout | undefined;
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = () => controller.enqueue(waiting);
      say();
      keepAlive = setInterval(say, keepAliveMs);
      body = (await coming).getReader();
      clearInterval(keepAlive);
    },
    async pull(controller) {
      const { done, value } = (await body?.read()) ?? { done: true };
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel(reason) {
      clearInterval(keepAlive);
      return body ? body.cancel(reason) : onGone(reason);
    },
  });
}
