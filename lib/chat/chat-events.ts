import { signedInStream } from "@/lib/auth/signed-in-stream";
import type { Caller } from "@/lib/http/caller";
import type { ChatEvent } from "./page-contract";
import { onSignal, sendSignal } from "./signals";

/** Tells all of an owner's open pages, on every instance, that something changed. */
export function publishChatEvent(ownerId: string, event: ChatEvent): Promise<void> {
  return sendSignal({ kind: "event", ownerId, event });
}

/** The caller's events as server-sent events, until the reader goes away, stops reading, or is signed out. */
export function followChatEvents(caller: Caller): ReadableStream<Uint8Array> {
  return signedInStream(caller, { maxWaiting: 1_000 }, (send) => ({
    stop: onSignal((signal) => {
      if (signal.kind === "event" && signal.ownerId === caller.userId) send(signal.event);
    }),
  }));
}
