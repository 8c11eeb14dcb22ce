import type { ChatEvent } from "@/lib/chat/page-contract";
import type { FeedEvent } from "./chat-events";

/** An answer that is no event stream (a restart, a lost session) ends an EventSource for good; this is when we try again. */
const retryMs = 5_000;

/**
 * Opens the event stream while the page is visible: browsers allow six connections to a host, and hidden tabs would use them up.
 * @returns the function that closes it
 */
export function openEventFeed(onEvent: (event: FeedEvent) => void): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    source = new EventSource("/api/chat/events");
    source.onopen = () => onEvent({ type: "connected" });
    source.onmessage = ({ data }) => onEvent(JSON.parse(String(data)) as ChatEvent);
    source.onerror = () => {
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMs);
    };
  };
  const follow = () => (document.visibilityState === "visible" ? (source ?? open()) : close());

  follow();
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("online", open);
  return () => {
    close();
    document.removeEventListener("visibilitychange", follow);
    window.removeEventListener("online", open);
  };
}
