"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useContext } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { HearthMessage } from "@/lib/chat/ui-message";
import { BusyContext, useMessageVerbs } from "./conversation-context";

/** Goes between the versions of a message; nothing when there is one. */
export function BranchSwitcher({ message }: { message: HearthMessage }) {
  const { switchBranch } = useMessageVerbs();
  const isBusy = useContext(BusyContext);
  const siblings = message.metadata?.siblings ?? [];
  const index = siblings.indexOf(message.id);
  if (siblings.length < 2 || index < 0) return null;
  const goTo = (id: string | undefined) => id && switchBranch(id);
  return (
    <fieldset aria-label="Versions" className="flex items-center text-xs text-muted-foreground tabular-nums">
      <IconButton size="sm" label="Previous version" disabled={isBusy || index === 0} onClick={() => goTo(siblings[index - 1])}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <span>
        {index + 1}/{siblings.length}
      </span>
      <IconButton
        size="sm"
        label="Next version"
        disabled={isBusy || index === siblings.length - 1}
        onClick={() => goTo(siblings[index + 1])}
      >
        <ChevronRight aria-hidden />
      </IconButton>
    </fieldset>
  );
}
