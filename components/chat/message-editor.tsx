"use client";

import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { useWorkspace } from "@/components/workspace/workspace-context";
import { lengthText } from "./length-text";

type Props = { text: string; onSend: (text: string) => void; onCancel: () => void };

/** Edits a message in place. Enter sends it as a new version, Shift-Enter breaks the line, Escape leaves it as it was. */
export function MessageEditor({ text, onSend, onCancel }: Props) {
  const { maxMessageChars } = useWorkspace();
  const [draft, setDraft] = useState(text);
  const trimmed = draft.trim();
  const canSend = trimmed !== "" && trimmed.length <= maxMessageChars;
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (canSend) onSend(trimmed);
  };
  const cancelOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onCancel();
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    send(event);
  };
  return (
    <form
      aria-label="Edited message"
      onSubmit={send}
      onKeyDown={cancelOnEscape}
      className="flex flex-col gap-2 rounded-xl border border-transparent bg-muted p-3 focus-within:border-input"
    >
      <textarea
        ref={focusAtEnd}
        aria-label="Edit message"
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={sendOnEnter}
        className="field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-1 outline-none"
      />
      <div className="flex items-center justify-end gap-2">
        {trimmed.length > maxMessageChars && (
          <span className="mr-auto px-1 text-xs text-destructive">{lengthText(trimmed.length, maxMessageChars)}</span>
        )}
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" size="sm" variant="primary" aria-label="Send edited message" disabled={!canSend}>
          Send
        </Button>
      </div>
    </form>
  );
}

/** Takes the focus for as long as the field is there, and gives it back to what had it. */
function focusAtEnd(field: HTMLTextAreaElement) {
  const opener = document.activeElement;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  return () => {
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
}
