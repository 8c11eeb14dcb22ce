import type { Caller } from "@/lib/http/caller";
import { keepAliveMs } from "@/lib/http/event-stream";
import { watchSignIn } from "./watch-sign-in";

type StreamOptions = {
  /** The role that the caller must keep; any that is let in unless told. */
  role?: "admin";
  /** Events that may wait for a reader whose connection stands still. */
  maxWaiting?: number;
  /** What comes after that: it closes the stream, and the page connects again; or `send` is told that there was no room. */
  whenFull?: "close" | "refuse";
};

/** Sends a value as JSON, as an event of a name where it has one. @returns whether there was room for it */
type Send = (value: unknown, event?: string) => boolean;
/**
 * What ends the sending, and what must be told before all else is well: where that fails, so does the stream.
 * `onRoom` is called when a reader that was behind has come on.
 */
type Following = { stop: () => void; begun?: Promise<void>; onRoom?: () => void };

/**
 * Server-sent events for as long as the caller's sign-in or key stands: until the reader goes away or stops reading.
 * A silent stream says from time to time that it is there.
 * @param follow begins to send
 */
export function signedInStream(
  caller: Caller,
  { role, maxWaiting = 500, whenFull = "close" }: StreamOptions,
  follow: (send: Send) => Following,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  let onRoom: (() => void) | undefined;
  return new ReadableStream({
    start(controller) {
      let isOver = false;
      const end = () => {
        stop();
        controller.close();
      };
      const write = (text: string) => {
        if (isOver) return false;
        const hasRoom = (controller.desiredSize ?? 0) > -maxWaiting;
        if (hasRoom) controller.enqueue(encoder.encode(text));
        else if (whenFull === "close") end();
        return hasRoom;
      };
      // A first write makes the headers leave at once.
      write(": following\n\n");
      const following = follow((value, event) => write(`${event ? `event: ${event}\n` : ""}data: ${JSON.stringify(value)}\n\n`));
      onRoom = following.onRoom;
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
    pull: () => onRoom?.(),
    cancel: () => stop(),
  });
}
