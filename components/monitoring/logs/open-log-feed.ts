import type { LogLine } from "@/lib/monitoring/logs/contract";

/** An answer that is no event stream (a restart, a lost session) ends an EventSource for good; this is when we try again. */
const retryMs = 3_000;

export type FeedListener = {
  onLines: (lines: LogLine[]) => void;
  onLeftOut: (count: number) => void;
  onConnected: (isConnected: boolean) => void;
};

/**
 * Opens a stream of log lines while the page is visible: browsers allow six connections to a host, and hidden tabs would use
 * them up. Each opening begins with the newest lines, so that what came meanwhile is not missed.
 * @returns the function that closes it
 */
export function openLogFeed(url: string, { onLines, onLeftOut, onConnected }: FeedListener): () => void {
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
    source.onmessage = ({ data }) => onLines(JSON.parse(String(data)) as LogLine[]);
    source.addEventListener("left-out", ({ data }) => onLeftOut(Number(data)));
    source.onerror = () => {
      onConnected(false);
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, retryMs);
    };
  };
  const follow = () => (document.visibilityState === "visible" ? (source ?? open()) : close());

  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    close();
    document.removeEventListener("visibilitychange", follow);
  };
}
