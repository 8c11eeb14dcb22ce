"use client";

import { type KeyboardEvent, useRef } from "react";

type Props = {
  title: string;
  /** @param by what ended it: a key, which leaves the focus here, or the focus going elsewhere */
  onFinish: (title: string | null, by: "key" | "blur") => void;
};

/** Edits a title in place: Enter or leaving keeps it, Escape does not. `onFinish` gets null for no change. */
export function RenameField({ title, onFinish }: Props) {
  const isDone = useRef(false);
  const finish = (value: string | null, by: "key" | "blur") => {
    if (isDone.current) return;
    isDone.current = true;
    onFinish(value?.trim() || null, by);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) finish(event.currentTarget.value, "key");
    if (event.key === "Escape") {
      event.stopPropagation();
      finish(null, "key");
    }
  };
  return (
    <input
      ref={selectAll}
      aria-label="Title of the chat"
      defaultValue={title}
      maxLength={200}
      onKeyDown={onKeyDown}
      onBlur={(event) => finish(event.currentTarget.value, "blur")}
      className="h-8 w-full rounded-md bg-background px-2.5 text-sm focus-inset"
    />
  );
}

/** The menu that opened the field gives the focus back on its way out; ours comes after. */
function selectAll(field: HTMLInputElement) {
  const timer = setTimeout(() => field.select());
  return () => clearTimeout(timer);
}
