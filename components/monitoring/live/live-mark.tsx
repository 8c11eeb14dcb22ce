"use client";

import { cn } from "@/lib/core/class-names";
import { useLive } from "./live-page";

/** Says whether the page follows what happens. */
export function LiveMark() {
  const { isConnected } = useLive();
  return (
    <span
      className="flex items-center gap-1.5 text-xs text-muted-foreground"
      title={isConnected ? "What is new is shown as it comes" : "What is new is shown once the server can be reached"}
    >
      <span aria-hidden className={cn("size-1.5 rounded-full", isConnected ? "bg-success" : "bg-muted-foreground")} />
      {isConnected ? "Live" : "Connecting…"}
    </span>
  );
}
