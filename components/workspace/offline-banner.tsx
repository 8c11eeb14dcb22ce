"use client";

import { WifiOff } from "lucide-react";
import { useIsOnline } from "./use-is-online";

/** Says that the browser is offline, and what that means. */
export function OfflineBanner() {
  const isOnline = useIsOnline();
  return (
    <div role="status">
      {!isOnline && (
        <p className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-1.5 text-xs">
          <WifiOff aria-hidden className="size-3.5 shrink-0 text-warning" />
          You are offline. A reply that is running goes on; it catches up when you are back.
        </p>
      )}
    </div>
  );
}
