"use client";

import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { editableText, readEdited } from "./editable-text";
import { takeFocus } from "./take-focus";

type Props = { input: Record<string, unknown>; canSend: boolean; onSend: (input: Record<string, unknown>) => void; onCancel: () => void };

/** Changes what a call would run. Ctrl-Enter or ⌘-Enter approves the change, Escape leaves it as it was. */
export function EditForm({ input, canSend, onSend, onCancel }: Props) {
  const [text, setText] = useState(() => editableText(input));
  const changed = readEdited(text, input);
  const send = (event: FormEvent | KeyboardEvent) => {
    event.preventDefault();
    if (canSend && changed && text.trim()) onSend(changed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send(event);
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  return (
    <form aria-label="Edit the call" onSubmit={send} onKeyDown={onKeyDown} className="flex flex-col gap-2">
      <Textarea
        ref={takeFocus}
        aria-label="What is run instead"
        aria-invalid={changed === null}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="max-h-64 font-mono text-xs"
      />
      {changed === null && <p className="text-xs text-destructive">This is not a JSON object.</p>}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" disabled={!canSend || !changed || !text.trim()}>
          Approve the change
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
