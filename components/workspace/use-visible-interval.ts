import { useEffect, useEffectEvent } from "react";

/** Calls `task` every `periodMs` while the page is visible, and on coming back to it. Null stops. */
export function useVisibleInterval(task: () => void, periodMs: number | null): void {
  const run = useEffectEvent(() => {
    if (document.visibilityState === "visible") task();
  });
  useEffect(() => {
    if (periodMs === null) return;
    const timer = setInterval(run, periodMs);
    document.addEventListener("visibilitychange", run);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", run);
    };
  }, [periodMs]);
}
