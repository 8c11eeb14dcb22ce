import { watchSignIn } from "@/lib/auth/watch-sign-in";
import type { Caller } from "@/lib/http/caller";
import { keepAliveMs } from "@/lib/http/event-stream";
import type { ChatEvent } from "./page-contract";
import { onSignal, sendSignal } from "./signals";

/** Tells all of an owner's open pages, on every instance, that something changed. */
export function publishChatEvent(ownerId: string, event: ChatEvent): Promise<void> {
  return sendSignal({ kind: "event", ownerId, event });
}

/** Events that may wait for a reader whose connection stands still; after that it is closed, and the page connects again. */
const maxWaiting = 1_000;

/** The caller's events as server-sent events, until the reader goes away, stops reading, or is signed out. */
export function followChatEvents(caller: Caller): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const end = () => {
        stop();
        controller.close();
      };
      const send = (text: string) => {
        if ((controller.desiredSize ?? 0) > -maxWaiting) controller.enqueue(encoder.encode(text));
        else end();
      };
      send(": following\n\n");
      const unsubscribe = onSignal((signal) => {
        if (signal.kind === "event" && signal.ownerId === caller.userId) send(`data: ${JSON.stringify(signal.event)}\n\n`);
      });
      const keepAlive = setInterval(() => send(": still here\n\n"), keepAliveMs);
      const stopWatching = watchSignIn(caller, end);
      stop = () => {
        unsubscribe();
        clearInterval(keepAlive);
        stopWatching();
      };
    },
    cancel: () => stop(),
  });
}
