import { useEffect, useEffectEvent } from "react";

/** Stops the reply with Escape wherever the focus is, unless a dialog, a menu or an editor took the key for itself. */
export function useStopOnEscape(canStop: boolean, stop: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && canStop && !event.defaultPrevented && !event.isComposing) stop();
  });
  useEffect(() => {
    // At the window the key has passed everything that could stop or prevent it.
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
