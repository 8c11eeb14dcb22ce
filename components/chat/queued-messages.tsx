"use client";

import { Pencil, Send, X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import type { Queue } from "./use-queue";

type Props = { queue: Queue; isBusy: boolean; onEdit: (id: string) => void; onSend: (id: string) => void };

/** Messages that wait: for the reply to end, or, when it did not go through, for the reader. */
export function QueuedMessages({ queue, isBusy, onEdit, onSend }: Props) {
  if (queue.items.length === 0) return null;
  return (
    <ul aria-label="Waiting messages" className="flex flex-col gap-1.5">
      {queue.items.map(({ id, text, problem, place }) => (
        <li key={id} className="flex items-center gap-1 rounded-lg border border-border bg-muted py-1 pr-1 pl-3 text-sm">
          <div className="min-w-0 flex-1">
            <p className="truncate">{text}</p>
            <p
              className="text-xs break-words text-muted-foreground data-problem:text-destructive"
              data-problem={problem ? true : undefined}
            >
              {place && "A new version of an earlier message. "}
              {problem ? `Not sent. ${problem}` : isBusy && !place ? "Sends when this reply ends" : "Not sent yet"}
            </p>
          </div>
          {!isBusy && (
            <IconButton size="sm" label="Send now" onClick={() => onSend(id)}>
              <Send aria-hidden />
            </IconButton>
          )}
          {!place && (
            <IconButton size="sm" label="Edit waiting message" onClick={() => onEdit(id)}>
              <Pencil aria-hidden />
            </IconButton>
          )}
          <IconButton size="sm" label="Remove waiting message" onClick={() => queue.take(id)}>
            <X aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
