import { useEffect, useEffectEvent } from "react";

/** Approves with Ctrl-Enter or ⌘-Enter, unless something is being written: then the key belongs to that. */
export function useApproveShortcut(isOn: boolean, approve: () => void): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isOn || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
    if (isTakenBy(event.target)) return;
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

/** Whether the key means something where it was pressed: in a field, but for the empty one for messages, or in what lies above the page. */
function isTakenBy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLTextAreaElement && target.value.trim() !== "") return true;
  if (target instanceof HTMLInputElement && target.type !== "checkbox") return true;
  return target.closest("[role=dialog], [role=alertdialog], [role=menu]") !== null;
}
