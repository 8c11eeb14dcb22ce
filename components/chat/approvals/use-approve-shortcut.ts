import { useEffect, useEffectEvent } from "react";

/** Approves with Ctrl-Enter or ⌘-Enter, unless something is being written: then the key belongs to that. */
export function useApproveShortcut(isOn: boolean, approve: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    const { target } = event;
    if (target instanceof HTMLTextAreaElement && target.value.trim() !== "") return;
    event.preventDefault();
    event.stopPropagation();
    approve();
  });
  useEffect(() => {
    // On its way down: the empty field for messages takes the key for itself otherwise.
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, []);
}
