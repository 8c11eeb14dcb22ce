import type { Caller } from "@/lib/http/caller";
import { keepAliveMs } from "@/lib/http/event-stream";
import { watchSignIn } from "./watch-sign-in";

type StreamOptions = {
  /** The role that the caller must keep; any that is let in unless told. */
  role?: "admin";
  /** Events that may wait for a reader whose connection stands still; after that it is closed, and the page connects again. */
  maxWaiting?: number;
};

/** What ends the sending, and what must be told before all else is well: where that fails, so does the stream. */
type Following = { stop: () => void; begun?: Promise<void> };

/**
 * Server-sent events for as long as the caller's sign-in or key stands: until the reader goes away or stops reading.
 * A silent stream says from time to time that it is there.
 * @param follow begins to send values, as JSON
 */
export function signedInStream(
  caller: Caller,
  { role, maxWaiting = 500 }: StreamOptions,
  follow: (send: (value: unknown) => void) => Following,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      let isOver = false;
      const end = () => {
        stop();
        controller.close();
      };
      const write = (text: string) => {
        if (isOver) return;
        if ((controller.desiredSize ?? 0) > -maxWaiting) controller.enqueue(encoder.encode(text));
        else end();
      };
      // A first write makes the headers leave at once.
      write(": following\n\n");
      const following = follow((value) => write(`data: ${JSON.stringify(value)}\n\n`));
      const keepAlive = setInterval(() => write(": still here\n\n"), keepAliveMs);
      const stopWatching = watchSignIn(caller, end, { role });
      stop = () => {
        isOver = true;
        following.stop();
        clearInterval(keepAlive);
        stopWatching();
      };
      return following.begun;
    },
    cancel: () => stop(),
  });
}
