import { useEffect, useRef, useState } from "react";
import { openFeed } from "@/components/workspace/open-feed";
import type { LogLine } from "@/lib/monitoring/logs/contract";
import { mergeLines } from "./merge-lines";

/** Lines that come in one burst are drawn together. */
const drawEveryMs = 150;

type Tail = { lines: LogLine[]; held: LogLine[]; leftOut: number; isPaused: boolean; isConnected: boolean; hasBegun: boolean };
const empty: Tail = { lines: [], held: [], leftOut: 0, isPaused: false, isConnected: false, hasBegun: false };

/** The newest lines of a stream, which begins with them each time it is opened. While it is paused they stay as they are, and what comes is held back. */
export function useLogTail(url: string) {
  const [tail, setTail] = useState(empty);
  const fresh = useRef<LogLine[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer = undefined;
      const lines = fresh.current.splice(0);
      setTail((now) => taken(now, lines));
    };
    const close = openFeed<LogLine[]>(url, {
      onConnected: (isConnected) => setTail((now) => ({ ...now, isConnected })),
      events: { "left-out": (data) => setTail((now) => ({ ...now, leftOut: now.leftOut + Number(data) })) },
      onMessage: (lines) => {
        fresh.current.push(...lines);
        timer ??= setTimeout(draw, drawEveryMs);
      },
    });
    return () => {
      clearTimeout(timer);
      close();
    };
  }, [url]);
  return {
    ...tail,
    pause: () => setTail((now) => ({ ...now, isPaused: true })),
    resume: () => setTail((now) => ({ ...now, isPaused: false, held: [], lines: mergeLines(now.lines, now.held) })),
  };
}

function taken(now: Tail, fresh: LogLine[]): Tail {
  const begun = { ...now, hasBegun: true };
  if (!now.isPaused) return { ...begun, lines: mergeLines(now.lines, fresh) };
  const shown = new Set(now.lines.map(({ id }) => id));
  return {
    ...begun,
    held: mergeLines(
      now.held,
      fresh.filter(({ id }) => !shown.has(id)),
    ),
  };
}
