import { sessionStands } from "@/lib/auth/session-stands";
import type { Caller } from "@/lib/http/caller";
import type { ChatEvent } from "./page-contract";
import { onSignal, sendSignal } from "./signals";

/** Tells all of an owner's open pages, on every instance, that something changed. */
export function publishChatEvent(ownerId: string, event: ChatEvent): Promise<void> {
  return sendSignal({ kind: "event", ownerId, event });
}

const keepAliveMs = 15_000;
/** Events that may wait for a reader whose connection stands still; after that it is closed, and the page connects again. */
const maxWaiting = 1_000;

/**
 * The caller's events as server-sent events, until the reader goes away, stops reading, or is signed out.
 * @param everyMs how often the reader hears that the stream is alive and its sign-in is looked at
 */
export function followChatEvents(caller: Caller, everyMs = keepAliveMs): ReadableStream<Uint8Array> {
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
      let isStopped = false;
      const keepAlive = setInterval(async () => {
        // A database that does not answer signs nobody out.
        const stands = await sessionStands(caller).catch(() => true);
        if (isStopped) return;
        if (stands) send(": still here\n\n");
        else end();
      }, everyMs);
      stop = () => {
        isStopped = true;
        unsubscribe();
        clearInterval(keepAlive);
      };
    },
    cancel: () => stop(),
  });
}
