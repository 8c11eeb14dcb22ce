import { useEffect, useState } from "react";

/** How often what goes on is drawn anew. */
const drawEveryMs = 500;

/**
 * The server's clock, in milliseconds since 1970: as it was when the page was made, and while something `isRunning` as it
 * goes on. The device's clock may be another.
 */
export function useRunningNow(madeAtMs: number, isRunning: boolean): number {
  const [now, setNow] = useState({ madeAtMs, passedMs: 0 });
  useEffect(() => {
    if (!isRunning) return;
    const began = performance.now();
    const timer = setInterval(() => setNow({ madeAtMs, passedMs: performance.now() - began }), drawEveryMs);
    return () => clearInterval(timer);
  }, [madeAtMs, isRunning]);
  return isRunning && now.madeAtMs === madeAtMs ? madeAtMs + Math.round(now.passedMs) : madeAtMs;
}
