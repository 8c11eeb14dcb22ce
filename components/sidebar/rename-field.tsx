"use client";

import { type KeyboardEvent, useRef } from "react";

type Props = { title: string; onFinish: (title: string | null) => void };

/** Edits a title in place: Enter or leaving keeps it, Escape does not. `onFinish` gets null for no change. */
export function RenameField({ title, onFinish }: Props) {
  const isDone = useRef(false);
  const finish = (value: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onFinish(value?.trim() || null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) finish(event.currentTarget.value);
    if (event.key === "Escape") {
      event.stopPropagation();
      finish(null);
    }
  };
  return (
    <input
      ref={selectAll}
      aria-label="Title of the chat"
      defaultValue={title}
      maxLength={200}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value)}
      className="h-8 w-full rounded-md bg-background px-2.5 text-sm focus-inset"
    />
  );
}

/** The menu that opened the field gives the focus back on its way out; ours comes after. */
function selectAll(field: HTMLInputElement) {
  const timer = setTimeout(() => field.select());
  return () => clearTimeout(timer);
}
