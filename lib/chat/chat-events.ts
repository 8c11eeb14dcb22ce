import type { ChatEvent } from "./page-contract";
import { onSignal, sendSignal } from "./signals";

/** Tells all of an owner's open pages, on every instance, that something changed. */
export function publishChatEvent(ownerId: string, event: ChatEvent): Promise<void> {
  return sendSignal({ kind: "event", ownerId, event });
}

/** An owner's events as server-sent events, until the reader goes away. */
export function followChatEvents(ownerId: string): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stop = () => {};
  return new ReadableStream({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      send(": following\n\n");
      const unsubscribe = onSignal((signal) => {
        if (signal.kind === "event" && signal.ownerId === ownerId) send(`data: ${JSON.stringify(signal.event)}\n\n`);
      });
      const keepAlive = setInterval(() => send(": still here\n\n"), 15_000);
      stop = () => {
        unsubscribe();
        clearInterval(keepAlive);
      };
    },
    cancel: () => stop(),
  });
}
