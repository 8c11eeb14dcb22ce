"use client";

import { type KeyboardEventHandler, type RefObject, useCallback, useLayoutEffect } from "react";

type Props = {
  ref: RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange: (value: string) => void;
  onKeyDown: KeyboardEventHandler<HTMLTextAreaElement>;
};

/** A text field that grows with its text to 40 % of the window's height and then scrolls. Takes the focus where there is a keyboard. */
export function ComposerField({ ref, value, onChange, onKeyDown }: Props) {
  const attach = useCallback(
    (element: HTMLTextAreaElement | null) => {
      ref.current = element;
      if (element && window.matchMedia("(pointer: fine)").matches && !isBusyElsewhere()) element.focus({ preventScroll: true });
    },
    [ref],
  );
  // What was written before the page's script came to life stands in the field, and nobody was told of it.
  useLayoutEffect(() => {
    const { value: written, defaultValue: known } = ref.current ?? {};
    if (written !== undefined && written !== known) onChange(written);
  }, [ref, onChange]);
  return (
    <textarea
      ref={attach}
      aria-label="Message"
      placeholder="Message Hearth"
      rows={1}
      value={value}
      enterKeyHint="send"
      onChange={(event) => {
        growWithText(event.currentTarget);
        onChange(event.currentTarget.value);
      }}
      onKeyDown={onKeyDown}
      className="field-sizing-content max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-4 pt-3 pb-2 outline-none"
    />
  );
}

/** The page's script may come to life when the reader is in the middle of a word in another field, or in a menu. */
const isBusyElsewhere = () => Boolean(document.activeElement?.closest("input, textarea, select, [role=menu], [role=dialog]"));

/** Does what `field-sizing: content` does, for browsers without it. */
function growWithText(field: HTMLTextAreaElement) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
