"use client";

import { type ComponentProps, cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, startTransition, useState } from "react";

type Props = {
  /** The closed button. `children` show it too, once they are there. */
  trigger: ReactElement;
  kind: "menu" | "dialog";
  /** Starts to fetch the popup's code; called as soon as a press is likely. */
  preload: () => unknown;
  /** The popup with its trigger, open from the start. */
  children: ReactNode;
};

/**
 * A button whose popup is fetched and mounted with its first use: most of a page's menus are never opened.
 * The closed button stays, with the focus, until the popup is there. A fallback of `Suspense` would take the focus,
 * and React keeps one on the page for 300 ms.
 */
export function LazyPopup({ trigger, kind, preload, children }: Props) {
  const [isWanted, setIsWanted] = useState(false);
  const open = () => startTransition(() => setIsWanted(true));
  const closed = cloneElement(trigger as ReactElement<ComponentProps<"button">>, {
    "aria-haspopup": kind,
    "aria-expanded": false,
    onPointerEnter: () => void preload(),
    onFocus: () => void preload(),
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => {
      if (kind !== "menu" || event.key !== "ArrowDown") return;
      event.preventDefault();
      open();
    },
  });
  return isWanted ? children : closed;
}
