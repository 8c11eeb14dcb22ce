"use client";

import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { takeFocus } from "./take-focus";

type Props = { canSend: boolean; onSend: (reason: string) => void; onCancel: () => void };

/** Rejects a call, with a word to the model if the reader has one. Enter rejects, Escape goes back. */
export function RejectForm({ canSend, onSend, onCancel }: Props) {
  const [reason, setReason] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (canSend) onSend(reason.trim());
  };
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <form aria-label="Reject the call" onSubmit={send} onKeyDown={cancelOnEscape} className="flex flex-wrap gap-2">
      <Input
        ref={takeFocus}
        aria-label="Reason (optional)"
        placeholder="Reason (optional)"
        maxLength={2_000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        className="min-w-48 flex-1"
      />
      <Button type="submit" variant="destructive" disabled={!canSend}>
        Reject
      </Button>
      <Button variant="ghost" onClick={onCancel}>
        Cancel
      </Button>
    </form>
  );
}
