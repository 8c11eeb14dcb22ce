/** An answer that is no event stream (a restart, a lost session) ends an EventSource for good; this is when we try again. */
const retryMs = 3_000;

type FeedListener<Message> = {
  onMessage: (message: Message) => void;
  onConnected: (isConnected: boolean) => void;
  /** Events that have a name, by it. */
  events?: Record<string, (data: string) => void>;
};

/**
 * Opens a stream of events while the page is visible: browsers allow six connections to a host, and hidden tabs would use
 * them up. What comes while it is closed is missed.
 * @returns the function that closes it
 */
export function openFeed<Message>(url: string, { onMessage, onConnected, events = {} }: FeedListener<Message>): () => void {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    source = new EventSource(url);
    source.onopen = () => onConnected(true);
    source.onmessage = ({ data }) => onMessage(JSON.parse(String(data)) as Message);
    for (const [name, take] of Object.entries(events)) source.addEventListener(name, ({ data }) => take(String(data)));
    source.onerror = () => {
      onConnected(false);
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMs);
    };
  };
  const follow = () => (document.visibilityState === "visible" ? (source ?? open()) : close());
  // A connection that was lost with the network may not have noticed.
  const onOnline = () => document.visibilityState === "visible" && open();

  follow();
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("online", onOnline);
  return () => {
    close();
    document.removeEventListener("visibilitychange", follow);
    window.removeEventListener("online", onOnline);
  };
}
